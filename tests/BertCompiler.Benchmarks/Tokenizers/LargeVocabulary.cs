using System.Text.Json.Nodes;
using BertCompiler.Testing;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>
/// A unigram vocabulary as large as XLM-RoBERTa's: the pieces of the shared one, and words, beginnings and ends of words of the shared
/// corpora, scored by the logarithm of how often they occur. The pipeline is XLM-RoBERTa's.
/// </summary>
internal static class LargeVocabulary
{
    /// <summary>V.</summary>
    public const int Count = 250_002;

    private const string Source = "xlmr";
    private const int LongestPiece = 24;
    private const char WordStart = '▁';

    /// <summary>Writes <c>tokenizer.json</c> into a folder.</summary>
    public static void Write(string folder)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(SharedData.Require("golden", "tokenizers", Source, "tokenizer.json")))!;
        JsonArray vocabulary = root["model"]!["vocab"]!.AsArray();
        JsonNode mask = vocabulary[^1]!;
        vocabulary.RemoveAt(vocabulary.Count - 1);
        var known = new HashSet<string>(vocabulary.Select(p => p![0]!.GetValue<string>()), StringComparer.Ordinal);
        Dictionary<string, int> pieces = Pieces();
        double total = pieces.Values.Sum(v => (double)v);
        foreach ((string piece, int count) in pieces.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal))
        {
            if (vocabulary.Count == Count - 1) break;
            if (known.Add(piece)) vocabulary.Add(new JsonArray(piece, Math.Log(count / total)));
        }

        if (vocabulary.Count != Count - 1) throw new InvalidDataException($"the corpora have only {vocabulary.Count} pieces");
        vocabulary.Add(mask);
        root["added_tokens"]!.AsArray()[^1]!["id"] = Count - 1;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), root.ToJsonString());
    }

    /// <summary>How often each occurs.</summary>
    private static Dictionary<string, int> Pieces()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in CorpusLines.Names.SelectMany(CorpusLines.Read).SelectMany(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (word.Length > LongestPiece || word.Any(char.IsSurrogate)) continue;
            string whole = WordStart + word;
            for (int i = 2; i <= whole.Length; i++) Count(whole[..i]);
            for (int i = 2; i < whole.Length; i++) Count(whole[i..]);
        }

        return counts;

        void Count(string piece) => counts[piece] = counts.GetValueOrDefault(piece) + 1;
    }
}
