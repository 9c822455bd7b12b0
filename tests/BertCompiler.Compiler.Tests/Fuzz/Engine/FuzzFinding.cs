namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>An input that a parser does not stand.</summary>
/// <param name="Signature">The same for what is probably the same fault.</param>
/// <param name="Details">What happened.</param>
/// <param name="Input">The input.</param>
internal sealed record FuzzFinding(string Signature, string Details, byte[] Input);
