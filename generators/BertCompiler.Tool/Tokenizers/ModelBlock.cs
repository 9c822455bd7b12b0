using System.Buffers.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The block <c>model</c> of a tokenizer.json, checked whatever model it is.</summary>
internal sealed record ModelBlock
{
    private const int LongestPiece = 1000;

    public required string Type { get; init; }

    public required Vocabulary Vocabulary { get; init; }

    /// <summary>WordPiece only.</summary>
    public int UnknownId { get; init; }

    public string ContinuationPrefix { get; init; } = "";

    public int MaxWordLength { get; init; }

    public static ModelBlock Read(JsonItem root, int? tableRows)
    {
        JsonItem model = root.Require("model", "the file");
        model.Expect(JsonKind.Object, "'model'");
        JsonItem vocab = model.Require("vocab", "'model'");
        string type = model.FindValue("type")?.AsText("'model.type'") ?? GuessType(model, vocab);
        var vocabulary = new Vocabulary(tableRows);
        switch (type)
        {
            case "WordPiece":
                ReadMap(vocab, vocabulary);
                return WordPiece(model, vocabulary);
            case "BPE":
                ReadMap(vocab, vocabulary);
                CheckMerges(model, vocabulary);
                break;
            case "WordLevel":
                ReadMap(vocab, vocabulary);
                break;
            case "Unigram":
                ReadScores(model, vocab, vocabulary);
                break;
            default:
                throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: the model type '{type}' is not known; WordPiece is supported");
        }

        return new() { Type = type, Vocabulary = vocabulary };
    }

    /// <summary>Files of older library versions leave the type out; the library then tries one after the other.</summary>
    private static string GuessType(JsonItem model, JsonItem vocab)
    {
        if (vocab.Kind == JsonKind.Array) return "Unigram";
        if (model.Find("merges") is not null) return "BPE";
        return model.Find("max_input_chars_per_word") is not null ? "WordPiece" : "WordLevel";
    }

    private static ModelBlock WordPiece(JsonItem model, Vocabulary vocabulary)
    {
        string file = model.Tree.Name;
        JsonItem unknown = model.Require("unk_token", "'model'");
        string unknownText = unknown.AsText("'model.unk_token'");
        int unknownId = vocabulary.IdOf(unknownText);
        if (unknownId < 0)
        {
            throw unknown.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: model.unk_token '{unknownText}' is not in model.vocab");
        }

        long most = model.Require("max_input_chars_per_word", "'model'").AsCount("'model.max_input_chars_per_word'");
        foreach ((string text, int id) in vocabulary.Pieces)
        {
            if (text.Length <= LongestPiece) continue;
            throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{file}: the token of id {id} in model.vocab has {text.Length} characters; at most {LongestPiece} are supported");
        }

        return new()
        {
            Type = "WordPiece",
            Vocabulary = vocabulary,
            UnknownId = unknownId,
            ContinuationPrefix = model.Require("continuing_subword_prefix", "'model'").AsText("'model.continuing_subword_prefix'"),
            MaxWordLength = (int)Math.Min(most, int.MaxValue),
        };
    }

    private static void ReadMap(JsonItem vocab, Vocabulary vocabulary)
    {
        string file = vocab.Tree.Name;
        vocab.Expect(JsonKind.Object, "'model.vocab'");
        int count = vocab.Members().Count();
        if (count == 0) throw vocab.Fault(ProblemKinds.TokenizerMalformed, $"{file}: 'model.vocab' is empty");
        if (vocabulary.TableRows is { } rows && count > rows)
        {
            throw vocab.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: 'model.vocab' has {count} tokens, and the word table has {rows} rows (vocab_size in config.json)");
        }

        foreach ((JsonItem name, JsonItem value) in vocab.Members())
        {
            string text = name.AsText("a token of 'model.vocab'");
            if (vocabulary.TryAdd(text, value.AsCount($"the id of '{text}' in 'model.vocab'"), count) is { } wrong)
            {
                throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: in model.vocab, {wrong}");
            }
        }
    }

    private static void CheckMerges(JsonItem model, Vocabulary vocabulary)
    {
        string file = model.Tree.Name;
        foreach (JsonItem merge in model.Require("merges", "'model'").Items())
        {
            string[] parts = merge.Kind == JsonKind.Array
                ? [.. merge.Items().Select(i => i.AsText("a part of a merge in 'model.merges'"))]
                : merge.AsText("a merge in 'model.merges'").Split(' ');
            string shown = string.Join(' ', parts);
            if (parts.Length != 2) throw merge.Fault(ProblemKinds.TokenizerMalformed, $"{file}: 'model.merges' must hold pairs of tokens, found '{shown}'");
            if (parts[0].Length == 0 || parts[1].Length == 0)
            {
                throw merge.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: 'model.merges' merges with the empty token: '{shown}'");
            }

            foreach (string part in (string[])[parts[0], parts[1], Merged(model, parts)])
            {
                if (vocabulary.Contains(part)) continue;
                throw merge.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: the merge '{shown}' in model.merges needs '{part}', which is not in model.vocab");
            }
        }
    }

    private static string Merged(JsonItem model, string[] parts)
    {
        string prefix = model.FindValue("continuing_subword_prefix")?.AsText("'model.continuing_subword_prefix'") ?? "";
        bool continues = prefix.Length > 0 && parts[1].StartsWith(prefix, StringComparison.Ordinal);
        return parts[0] + (continues ? parts[1][prefix.Length..] : parts[1]);
    }

    private static void ReadScores(JsonItem model, JsonItem vocab, Vocabulary vocabulary)
    {
        string file = vocab.Tree.Name;
        vocab.Expect(JsonKind.Array, "'model.vocab'");
        int count = vocab.Items().Count();
        int id = 0;
        foreach (JsonItem entry in vocab.Items())
        {
            JsonItem[] pair = [.. entry.Items()];
            bool sound = pair.Length == 2 && pair[1].Kind == JsonKind.Number
                && Utf8Parser.TryParse(pair[1].Tree.BytesOf(pair[1].Node), out double score, out _) && double.IsFinite(score);
            if (!sound) throw entry.Fault(ProblemKinds.TokenizerMalformed, $"{file}: 'model.vocab' must hold pairs of a token and a finite score; item {id} is none");
            string text = pair[0].AsText("a token of 'model.vocab'");
            if (vocabulary.TryAdd(text, id++, count) is { } wrong) throw entry.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: in model.vocab, {wrong}");
        }

        if (model.FindValue("unk_id") is not { } unknown || unknown.AsCount("'model.unk_id'") < count) return;
        throw unknown.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: 'model.unk_id' lies beyond the {count} tokens of model.vocab");
    }
}
