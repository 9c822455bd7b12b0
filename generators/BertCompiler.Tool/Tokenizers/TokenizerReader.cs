using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.SentencePiece;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Reads the tokenizer of a model folder: tokenizer.json where there is one, else the vocabulary of the class that the files name, which is
/// vocab.txt, or vocab.json and merges.txt, or a SentencePiece model; with <see cref="TokenizerFiles"/>.
/// </summary>
internal static class TokenizerReader
{
    private const string NeedsJson = "is not supported without a tokenizer.json";
    private const string JsonName = "tokenizer.json", VocabName = "vocab.txt", PairName = "vocab.json", MergesName = "merges.txt";

    /// <summary>No tokenizer file in use comes near this.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>Reads and checks the tokenizer.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="tableRows">Rows of the word table (vocab_size of config.json), where known: every id must be below.</param>
    /// <returns>The tokenizer, or null where there is none or it cannot be used; and what is to be said about it.</returns>
    public static TokenizerReading Read(string folder, int? tableRows)
    {
        var problems = new List<Problem>();
        try
        {
            return new(Read(folder, tableRows, problems), problems);
        }
        catch (TokenizerFault fault)
        {
            problems.Add(fault.Problem);
            return new(null, problems);
        }
    }

    private static TokenizerDescription? Read(string folder, int? tableRows, List<Problem> problems)
    {
        string? pieces = SentencePieceReader.FileNames.Select(PathOf).FirstOrDefault(File.Exists);
        bool hasJson = Has(JsonName), hasMerges = Has(PairName) && Has(MergesName);
        if (!hasJson && pieces is null && !new[] { VocabName, PairName, MergesName }.Any(Has)) return null;
        var files = new TokenizerFiles(Json("tokenizer_config.json"), Json("special_tokens_map.json"), hasJson ? null : Json("added_tokens.json"), Json("config.json"));
        if (files.ClassName is { } name && TokenizerClass.IsPythonOnly(name))
        {
            throw files.UnsupportedClass("is not supported: transformers has it in Python alone, and no file says all that it does");
        }

        if (hasJson)
        {
            TokenizerDescription read = TokenizerJsonReader.Read(Json(JsonName)!.Value, files, tableRows, problems);

            // A model says itself how long its texts may be, and compiled models never pad: what a tokenizer.json says about it is what somebody
            // last used it for, and transformers ignores it too.
            return files.Model is null ? read : read with { Truncation = null, Padding = null };
        }

        if (files.NamesUnknownClass) throw files.UnsupportedClass(NeedsJson);
        if (files.ClassName is null && files.Family is { } family && TokenizerClass.NeedsJson(family) is { } unread) throw files.UnsupportedFamily($"goes with {unread}, which {NeedsJson}");
        VocabularyFiles? kind = Kind(files, pieces, hasMerges, Has(VocabName));
        if (Refusal(files, kind) is { } reason)
        {
            // What stands in the vocabulary's place may be no vocabulary at all, but a pointer to one: that is the better thing to tell.
            string[] paths = kind switch
            {
                VocabularyFiles.WordPiece => [PathOf(VocabName)],
                VocabularyFiles.Merges => [PathOf(PairName), PathOf(MergesName)],
                _ => [pieces!],
            };
            foreach (string path in paths) ReadFile(path, ProblemKinds.TokenizerMalformed);
            throw files.UnsupportedClass(reason);
        }

        return kind switch
        {
            VocabularyFiles.WordPiece => VocabFileReader.Read(Bytes(VocabName, ProblemKinds.VocabMalformed), PathOf(VocabName), files, tableRows, problems),
            VocabularyFiles.Merges => MergesFileReader.Read(Json(PairName)!.Value, Bytes(MergesName, ProblemKinds.VocabMalformed), PathOf(MergesName), files, tableRows, problems),
            VocabularyFiles.SentencePiece => SentencePieceReader.Read(ReadFile(pieces!, ProblemKinds.TokenizerMalformed), pieces!, files, tableRows, problems),
            _ => throw Incomplete(PathOf(Has(PairName) ? PairName : MergesName)),
        };

        string PathOf(string file) => Path.Combine(folder, file);

        bool Has(string file) => File.Exists(PathOf(file));

        byte[] Bytes(string file, ProblemKind malformed) => ReadFile(PathOf(file), malformed);

        JsonItem? Json(string file) => ReadJson(PathOf(file));
    }

    /// <summary>
    /// Which vocabulary counts: that of the class, if the folder has it (it may hold several, one made from the other); else the one that is
    /// there. null: there is half of one.
    /// </summary>
    private static VocabularyFiles? Kind(TokenizerFiles files, string? pieces, bool hasMerges, bool hasVocab)
    {
        var present = new List<VocabularyFiles>();
        if (hasVocab) present.Add(VocabularyFiles.WordPiece);
        if (hasMerges && (pieces is null || files.ClassName is null)) present.Add(VocabularyFiles.Merges);
        if (pieces is not null) present.Add(VocabularyFiles.SentencePiece);
        if (hasMerges && !present.Contains(VocabularyFiles.Merges)) present.Add(VocabularyFiles.Merges);
        if (files.Class is { } read && present.Contains(read.Kind)) return read.Kind;
        return present.Count > 0 ? present[0] : null;
    }

    /// <summary>Why the class that is named does not read the vocabulary that is there; null: it does, or none is named.</summary>
    private static string? Refusal(TokenizerFiles files, VocabularyFiles? kind)
    {
        if (files.ClassName is null || kind is null) return null;
        if (files.Class is null) return kind == VocabularyFiles.Merges ? NeedsJson : null;
        return files.Class.Kind == kind ? null : $"needs {Describe(files.Class.Kind)} or a tokenizer.json, and the folder has neither";
    }

    private static string Describe(VocabularyFiles kind) => kind switch
    {
        VocabularyFiles.WordPiece => VocabName,
        VocabularyFiles.Merges => $"{PairName} with {MergesName}",
        _ => "a SentencePiece model",
    };

    private static TokenizerFault Incomplete(string path) => new(new(ProblemKinds.TokenizerUnsupported, Severity.Error, path, 0, 0,
        $"{Path.GetFileName(path)}: without a tokenizer.json, vocab.txt (WordPiece), vocab.json with merges.txt (RoBERTa) or a SentencePiece model is needed"));

    private static JsonItem? ReadJson(string path)
    {
        if (!File.Exists(path)) return null;
        JsonItem root = JsonTree.Parse(ReadFile(path, ProblemKinds.TokenizerMalformed), path, ProblemKinds.TokenizerMalformed).Root;
        root.Expect(JsonKind.Object, "the file");
        return root;
    }

    private static byte[] ReadFile(string path, ProblemKind malformed)
    {
        try
        {
            return ModelFile.ReadAll(path, malformed, MostBytes);
        }
        catch (ImportException e)
        {
            throw new TokenizerFault(e.Problem);
        }
    }
}
