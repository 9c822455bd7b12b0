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

    /// <summary>All of them.</summary>
    public static readonly string[] Names =
    [
        "albert", "bbpe", "bbpe_notrim", "bbpe_prefix", "bbpe_prefix_notrim", "bert_uncased", "camembert", "mpnet", "odd10_herbert_bpe",
        "odd11_char_delimiter_nothing", "odd1_nfd_lower_strip_whitespace", "odd2_nfkc_replace_punct_digits", "odd3_bpe_metaspace_prepend",
        "odd4_split_regex_isolated", "odd5_bytelevel_sequence_post", "odd6_metaspace_first_wp", "odd7_wordlevel_ws", "odd8_unigram_bertpre",
        "odd9_bpe_continuing_prefix", "roberta_gpt2bpe", "spm_bpe", "spm_bpe_byte_fallback", "wp_cased", "wp_cased_nochinese",
        "wp_cased_strip", "wp_custom_special", "wp_lower_keep_accents", "wp_lower_max200", "wp_lower_noclean", "xlmr", "xlmr_strip_replace",
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
