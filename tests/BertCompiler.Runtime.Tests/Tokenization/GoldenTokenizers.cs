using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The reference tokenizers of the shared folder, packed once for all tests.</summary>
internal static class GoldenTokenizers
{
    private static readonly ConcurrentDictionary<string, Lazy<LoadedTokenizer>> Loaded = new(StringComparer.Ordinal);

    /// <summary>The WordPiece ones.</summary>
    public static readonly string[] Names =
    [
        "bert_uncased", "mpnet", "wp_cased", "wp_cased_nochinese", "wp_cased_strip", "wp_custom_special", "wp_lower_keep_accents",
        "wp_lower_max200", "wp_lower_noclean",
    ];

    public static Tokenizer Get(string name) => Load(name).Tokenizer;

    public static LoadedTokenizer Load(string name) => Loaded.GetOrAdd(name, n => new(() => new(Describe(n)))).Value;

    public static TokenizerDescription Describe(string name)
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "tokenizers", name), tableRows: null);
        Assert.Empty(reading.Problems);
        return reading.Tokenizer!;
    }

    /// <summary>All single texts of a folder's cases.</summary>
    public static IEnumerable<string> Texts(string name) => ((string[])["real", "nasty", "fuzz"])
        .SelectMany(kind => File.ReadLines(SharedData.Require("golden", "tokenizers", name, $"cases_{kind}.jsonl")))
        .Select(line => JsonNode.Parse(line)!["text"]?.GetValue<string>())
        .OfType<string>();
}
