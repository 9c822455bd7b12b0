using BertCompiler.Tokenization;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>A tokenizer as generated code.</summary>
/// <param name="Name">How tables name it.</param>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="Open">Opens it once more from its packed file.</param>
internal sealed record BenchTokenizer(string Name, string Folder, Tokenizer Tokenizer, Func<Tokenizer> Open) : IDisposable
{
    /// <summary>Compiles the tokenizer of a folder as a build would.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cache">Folder for what is compiled.</param>
    public static BenchTokenizer Compile(string folder, string cache)
    {
        CachedTokenizer compiled = new ModelCache(cache).GetTokenizer(folder);
        if (compiled.Import.Manifest is null) throw new InvalidDataException(string.Join('\n', compiled.Import.Problems));
        return new(Path.GetFileName(folder), folder, compiled.Load(), compiled.Load);
    }

    public void Dispose() => Tokenizer.Dispose();
}
