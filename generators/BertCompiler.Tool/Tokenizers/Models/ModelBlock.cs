using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>The block <c>model</c> of a tokenizer.json, checked.</summary>
internal sealed record ModelBlock
{
    private const int LongestPiece = 1000;
    private const double UnknownPenalty = 10;

    public required TokenizerModelKind Kind { get; init; }

    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Id of the model's own unknown token, or −1.</summary>
    public int UnknownId { get; init; } = -1;

    /// <summary>What the vocabulary writes before a piece that continues a word.</summary>
    public string ContinuationPrefix { get; init; } = "";

    /// <summary>What it writes behind one that ends a word.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>WordPiece: code points above which a word is unknown.</summary>
    public int MaxWordLength { get; init; }

    public TokenizerOptions Options { get; init; }

    public IReadOnlyList<MergeRule> Merges { get; init; } = [];

    /// <summary>Unigram: score of each id.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>Unigram: score of a character that the vocabulary lacks.</summary>
    public double UnknownScore => Scores.Count == 0 ? 0 : Scores.Min() - UnknownPenalty;

    public static ModelBlock Read(JsonItem root, int? tableRows)
    {
        JsonItem model = root.Require("model", "the file");
        model.Expect(JsonKind.Object, "'model'");
        JsonItem vocab = model.Require("vocab", "'model'");
        string type = model.FindValue("type")?.AsText("'model.type'") ?? GuessType(model, vocab);
        var vocabulary = new Vocabulary(tableRows);
        if (type == "Unigram") return Unigram(model, vocab, vocabulary);
        if (type is not ("WordPiece" or "BPE" or "WordLevel"))
        {
            throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: the model type '{type}' is not known; WordPiece, BPE, Unigram and WordLevel are supported");
        }

        ReadMap(vocab, vocabulary, "'model.vocab'");
        return type switch
        {
            "BPE" => BpeBlock.Read(model, vocabulary),
            "WordPiece" => WordPiece(model, vocabulary),
            _ => new() { Kind = TokenizerModelKind.WordLevel, Vocabulary = vocabulary, UnknownId = RequireUnknown(model, vocabulary) },
        };
    }

    /// <summary>Reads an object of tokens and their ids.</summary>
    public static void ReadMap(JsonItem vocab, Vocabulary vocabulary, string what)
    {
        string file = vocab.Tree.Name;
        vocab.Expect(JsonKind.Object, what);
        int count = vocab.Members().Count();
        if (count == 0) throw vocab.Fault(ProblemKinds.TokenizerMalformed, $"{file}: {what} is empty");
        if (vocabulary.TableRows is { } rows && count > rows)
        {
            throw vocab.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: {what} has {count} tokens, and the word table has {rows} rows (vocab_size in config.json)");
        }

        foreach ((JsonItem name, JsonItem value) in vocab.Members())
        {
            string text = name.AsText($"a token of {what}");
            if (vocabulary.TryAdd(text, value.AsCount($"the id of '{text}' in {what}"), count) is { } wrong)
            {
                throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: in {what}, {wrong}");
            }
        }
    }

    /// <summary>Id of <c>unk_token</c>, which must be in the vocabulary.</summary>
    public static int RequireUnknown(JsonItem model, Vocabulary vocabulary)
    {
        JsonItem unknown = model.Require("unk_token", "'model'");
        string text = unknown.AsText("'model.unk_token'");
        int id = vocabulary.IdOf(text);
        return id >= 0 ? id : throw unknown.Fault(ProblemKinds.TokenizerInconsistent, $"{model.Tree.Name}: model.unk_token '{text}' is not in model.vocab");
    }

    /// <summary>A text that the vocabulary writes before or behind others.</summary>
    public static string AffixOf(JsonItem item, string what)
    {
        string text = item.AsText(what);
        return PackedTexts.IsText(text) ? text : throw item.Fault(ProblemKinds.TokenizerMalformed, $"{item.Tree.Name}: {what} holds half of a surrogate pair");
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
        int unknownId = RequireUnknown(model, vocabulary);
        long most = model.Require("max_input_chars_per_word", "'model'").AsCount("'model.max_input_chars_per_word'");
        foreach ((string text, int id) in vocabulary.Pieces)
        {
            if (text.Length <= LongestPiece) continue;
            throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{model.Tree.Name}: the token of id {id} in model.vocab has {text.Length} characters; at most {LongestPiece} are supported");
        }

        return new()
        {
            Kind = TokenizerModelKind.WordPiece,
            Vocabulary = vocabulary,
            UnknownId = unknownId,
            ContinuationPrefix = AffixOf(model.Require("continuing_subword_prefix", "'model'"), "'model.continuing_subword_prefix'"),
            MaxWordLength = (int)Math.Min(most, int.MaxValue),
        };
    }

    private static ModelBlock Unigram(JsonItem model, JsonItem vocab, Vocabulary vocabulary)
    {
        string file = vocab.Tree.Name;
        vocab.Expect(JsonKind.Array, "'model.vocab'");
        int count = vocab.Items().Count();
        var scores = new List<double>(count);
        foreach (JsonItem entry in vocab.Items())
        {
            JsonItem[] pair = [.. entry.Items()];
            double? score = pair.Length == 2 && pair[1].Kind == JsonKind.Number ? ScoreParser.Parse(pair[1].Tree.BytesOf(pair[1].Node)) : null;
            if (score is null) throw entry.Fault(ProblemKinds.TokenizerMalformed, $"{file}: 'model.vocab' must hold pairs of a token and a finite score; item {scores.Count} is none");
            string text = pair[0].AsText("a token of 'model.vocab'");
            if (vocabulary.TryAdd(text, scores.Count, count) is { } wrong) throw entry.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: in model.vocab, {wrong}");
            scores.Add(score.Value);
        }

        if (model.FindValue("unk_id") is not { } unknown)
        {
            throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{file}: a Unigram model without 'unk_id' is not supported");
        }

        long unknownId = unknown.AsCount("'model.unk_id'");
        if (unknownId >= count) throw unknown.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: 'model.unk_id' lies beyond the {count} tokens of model.vocab");
        bool bytes = model.FindValue("byte_fallback")?.AsBoolean("'model.byte_fallback'") ?? false;
        return new()
        {
            Kind = TokenizerModelKind.Unigram,
            Vocabulary = vocabulary,
            UnknownId = (int)unknownId,
            Scores = scores,
            Options = bytes ? TokenizerOptions.ByteFallback : TokenizerOptions.None,
        };
    }
}
