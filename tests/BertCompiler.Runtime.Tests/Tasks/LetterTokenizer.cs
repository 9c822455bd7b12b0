using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A folder with a small WordPiece vocabulary: words of their own, pieces of letters for all others.</summary>
internal static class LetterTokenizer
{
    public static readonly string[] Vocabulary =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "anna", "b", "bob", "in", "new", "york", "city", "lives", ".", "-", "a", "c", "##a", "##b", "##c", "##d",
    ];

    /// <summary>Reads the tokenizer of such a folder.</summary>
    public static ReplayWeights Read()
    {
        string folder = Directory.CreateTempSubdirectory("letters-").FullName;
        try
        {
            File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocabulary);
            File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), """{"tokenizer_class": "BertTokenizer", "do_lower_case": true}""");
            return ReplayWeights.Read(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
