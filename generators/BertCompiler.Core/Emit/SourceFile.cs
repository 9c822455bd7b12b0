namespace BertCompiler.Core.Emit;

/// <summary>One generated file.</summary>
/// <param name="Name">Its name, <c>MiniLm.EncoderLayer.g.cs</c>.</param>
/// <param name="Text">Its text.</param>
public sealed record SourceFile(string Name, string Text);
