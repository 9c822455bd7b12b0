namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>Another tokenizer for .NET.</summary>
/// <param name="Name">How tables name it.</param>
/// <param name="Folder">Name of the shared folder whose vocabulary it reads.</param>
/// <param name="Open">Opens it, which is timed.</param>
internal sealed record Peer(string Name, string Folder, Func<Func<string, IReadOnlyList<int>>> Open);
