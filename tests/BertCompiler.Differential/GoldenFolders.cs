using BertCompiler.Testing;

namespace BertCompiler.Differential;

/// <summary>The tokenizers of the shared folder.</summary>
internal static class GoldenFolders
{
    /// <summary>One of each kind that is used for models: what every line of the corpora and every code point is tried with.</summary>
    public static readonly string[] Main = ["bert_uncased", "wp_cased", "roberta_gpt2bpe", "xlmr", "albert", "spm_bpe_byte_fallback"];

    /// <summary>All of them.</summary>
    public static string[] All() => [.. Directory.EnumerateDirectories(SharedData.Require("golden", "tokenizers"))
        .Where(folder => File.Exists(Path.Combine(folder, "tokenizer.json")))
        .Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal)];

    /// <summary>The folder of one.</summary>
    public static string Of(string name) => SharedData.Require("golden", "tokenizers", name);
}
