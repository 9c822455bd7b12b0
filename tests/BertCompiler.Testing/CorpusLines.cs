namespace BertCompiler.Testing;

/// <summary>Lines of real text from the shared folder's corpora.</summary>
public static class CorpusLines
{
    /// <summary>The corpora.</summary>
    public static readonly string[] Names = ["bbc_news", "gloss_qa", "stsb", "textbooks", "ud_ewt", "wordnet", "wtq"];

    private const string UdText = "# text = ";

    /// <summary>
    /// <paramref name="count"/> lines, as evenly as the corpora's sizes allow, spread over each of them; all there are where they are fewer.
    /// Always the same lines, one corpus behind the other.
    /// </summary>
    public static IReadOnlyList<string> Take(int count)
    {
        string[][] corpora = [.. Names.Select(Read)];
        int[] shares = new int[corpora.Length];
        int[] smallestFirst = [.. Enumerable.Range(0, corpora.Length).OrderBy(i => corpora[i].Length)];
        int left = count;
        for (int i = 0; i < smallestFirst.Length; i++)
        {
            int corpus = smallestFirst[i];
            shares[corpus] = Math.Min(corpora[corpus].Length, left / (smallestFirst.Length - i));
            left -= shares[corpus];
        }

        return [.. corpora.SelectMany((lines, c) => Enumerable.Range(0, shares[c]).Select(i => lines[(long)i * lines.Length / shares[c]]))];
    }

    /// <summary>All lines of one corpus that are not empty; of a treebank its sentences.</summary>
    public static string[] Read(string corpus)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(SharedData.Require("data", corpus), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".tsv" or ".txt" or ".jsonl" or ".csv" or ".conllu")
            .Order(StringComparer.Ordinal);
        IEnumerable<string> lines = files.SelectMany(File.ReadLines);
        if (corpus == "ud_ewt") lines = lines.Where(l => l.StartsWith(UdText, StringComparison.Ordinal)).Select(l => l[UdText.Length..]);
        return [.. lines.Where(l => l.Length > 0)];
    }
}
