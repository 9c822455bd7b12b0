using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.SentencePiece;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Reads the tokenizer of a model folder: tokenizer.json where there is one, else vocab.txt, or vocab.json and merges.txt, or a SentencePiece model, with
/// tokenizer_config.json and special_tokens_map.json.
/// </summary>
internal static class TokenizerReader
{
    /// <summary>No tokenizer file in use comes near this.</summary>
    private const int MostBytes = 64 << 20;

    private static readonly string[] Parts = ["vocab.json", "merges.txt"];

    /// <summary>Reads and checks the tokenizer.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="tableRows">Rows of the word table (vocab_size of config.json), where known: every id must be below.</param>
    /// <returns>The tokenizer, or null where there is none or it cannot be used; and what is to be said about it.</returns>
    public static TokenizerReading Read(string folder, int? tableRows)
    {
        var problems = new List<Problem>();
        try
        {
            JsonItem? config = ReadJson(folder, "tokenizer_config.json");
            JsonItem? map = ReadJson(folder, "special_tokens_map.json");
            if (ReadJson(folder, "tokenizer.json") is { } root)
            {
                TokenizerDescription read = TokenizerJsonReader.Read(root, TokenRoles.Read(config, map), tableRows);
                return new(IsModel(folder) ? read with { Truncation = null, Padding = null } : read, problems);
            }

            string vocab = Path.Combine(folder, "vocab.txt");
            if (File.Exists(vocab))
            {
                byte[] text = ReadFile(vocab, ProblemKinds.VocabMalformed);
                return new(VocabFileReader.Read(text, vocab, config, map, ReadJson(folder, "config.json"), tableRows, problems), problems);
            }

            // A folder may hold both, one made from the other: RoBERTa's classes read the merges.
            string? pieces = SentencePieceReader.FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            string merges = Path.Combine(folder, "merges.txt");
            if (File.Exists(merges) && (pieces is null || MergesFileReader.IsFor(config)) && ReadJson(folder, "vocab.json") is { } vocabulary)
            {
                return new(MergesFileReader.Read(vocabulary, ReadFile(merges, ProblemKinds.VocabMalformed), merges, config, map, tableRows), problems);
            }

            if (pieces is not null)
            {
                byte[] model = ReadFile(pieces, ProblemKinds.TokenizerMalformed);
                return new(SentencePieceReader.Read(model, pieces, config, map, ReadJson(folder, "config.json"), tableRows), problems);
            }

            string? other = Array.Find(Parts, name => File.Exists(Path.Combine(folder, name)));
            if (other is not null)
            {
                string message = $"{other}: without a tokenizer.json, vocab.txt (WordPiece), vocab.json with merges.txt (RoBERTa) or a SentencePiece model is needed";
                problems.Add(new(ProblemKinds.TokenizerUnsupported, Severity.Error, Path.Combine(folder, other), 0, 0, message));
            }
        }
        catch (TokenizerFault fault)
        {
            problems.Add(fault.Problem);
        }

        return new(null, problems);
    }

    /// <summary>
    /// A model says itself how long its texts may be, and compiled models never pad: what a tokenizer.json says about it is what somebody last
    /// used it for, and transformers ignores it too.
    /// </summary>
    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, "config.json"));

    private static JsonItem? ReadJson(string folder, string name)
    {
        string path = Path.Combine(folder, name);
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
