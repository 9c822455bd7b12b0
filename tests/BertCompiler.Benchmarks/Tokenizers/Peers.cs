using System.Text;
using System.Text.Json.Nodes;
using BertCompiler.Testing;
using Microsoft.ML.Tokenizers;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>The tokenizers for .NET that can read a shared vocabulary.</summary>
internal static class Peers
{
    private const int LongestText = 1 << 16;

    public static IReadOnlyList<Peer> All { get; } =
    [
        new("Microsoft.ML.Tokenizers BertTokenizer", "bert_uncased", OpenBert),
        new("FastBertTokenizer", "bert_uncased", OpenFastBert),
        new("Microsoft.ML.Tokenizers BpeTokenizer", "roberta_gpt2bpe", OpenBpe),
        new("Microsoft.ML.Tokenizers SentencePieceTokenizer", "xlmr", OpenSentencePiece),
    ];

    private static Func<string, IReadOnlyList<int>> OpenBert()
    {
        using FileStream vocabulary = File.OpenRead(SharedData.Require("golden", "tokenizers", "bert_uncased", "vocab.txt"));
        BertTokenizer tokenizer = BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = true, RemoveNonSpacingMarks = true });
        return text => tokenizer.EncodeToIds(text, addSpecialTokens: true);
    }

    private static Func<string, IReadOnlyList<int>> OpenFastBert()
    {
        using FileStream json = File.OpenRead(SharedData.Require("golden", "tokenizers", "bert_uncased", "tokenizer.json"));
        var tokenizer = new FastBertTokenizer.BertTokenizer();
        tokenizer.LoadTokenizerJson(json);
        long[] ids = new long[LongestText];
        long[] mask = new long[LongestText];
        var list = new List<int>();
        return text =>
        {
            int count = tokenizer.Encode(text, ids, mask);
            list.Clear();
            foreach (long id in ids.AsSpan(0, count)) list.Add((int)id);
            return list;
        };
    }

    private static Func<string, IReadOnlyList<int>> OpenBpe()
    {
        JsonNode model = JsonNode.Parse(File.ReadAllText(SharedData.Require("golden", "tokenizers", "roberta_gpt2bpe", "tokenizer.json")))!["model"]!;
        var vocabulary = model["vocab"]!.AsObject().Select(p => KeyValuePair.Create(p.Key, p.Value!.GetValue<int>()));
        var merges = model["merges"]!.AsArray().Select(m => m is JsonArray pair ? $"{pair[0]} {pair[1]}" : m!.GetValue<string>());
        BpeTokenizer tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary)
        {
            Merges = [.. merges],
            ByteLevel = true,
            PreTokenizer = RobertaPreTokenizer.Instance,
            BeginningOfSentenceToken = "<s>",
            EndOfSentenceToken = "</s>",
            SpecialTokens = new Dictionary<string, int>(StringComparer.Ordinal) { ["<s>"] = 0, ["</s>"] = 2, ["<mask>"] = 50260 },
        });
        return text => tokenizer.EncodeToIds(text);
    }

    /// <summary>The ids of the .model become those of fairseq: &lt;s&gt; 0, &lt;pad&gt; 1, &lt;/s&gt; 2, &lt;unk&gt; 3, all others one more.</summary>
    private static Func<string, IReadOnlyList<int>> OpenSentencePiece()
    {
        using FileStream model = File.OpenRead(SharedData.Require("golden", "tokenizers", "xlmr", "sentencepiece.bpe.model"));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Create(model, addBeginningOfSentence: true, addEndOfSentence: true);
        var list = new List<int>();
        return text =>
        {
            list.Clear();
            foreach (int id in tokenizer.EncodeToIds(text, addBeginningOfSentence: true, addEndOfSentence: true)) list.Add(id switch { 0 => 3, 1 => 0, 2 => 2, _ => id + 1 });
            return list;
        };
    }
}
