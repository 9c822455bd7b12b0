using System.Text.Json;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Words of Hugging Face's fill-mask pipeline, and sparse vectors.</summary>
internal static class FillMaskCases
{
    /// <summary>An entry of less weight may be on one side only.</summary>
    private const double LeastWeight = 1e-4;

    /// <summary>Compares one row.</summary>
    public static void Compare(MaskedLanguageModel model, JsonElement row, CaseTally tally)
    {
        JsonElement options = row.GetProperty("options");
        string text = row.Text("text");
        tally.Begin($"'{text}' {options.GetRawText()}", row.Flag("near_tie"));
        IReadOnlyList<MaskPrediction> found = model.FillMask(text, options.Count("top_k") ?? 5, options.Find("targets")?.Texts(), Truncation.Error);
        JsonElement[] expected = [.. row.GetProperty("result").EnumerateArray()];
        if (!tally.Same("number of masks", expected.Length, found.Count)) return;
        int safe = row.Count("near_tie_from") ?? int.MaxValue;
        for (int mask = 0; mask < expected.Length; mask++)
        {
            JsonElement[] words = [.. expected[mask].EnumerateArray()];
            tally.Count(words.Length);
            if (!tally.Same("number of words", words.Length, found[mask].Candidates.Count)) continue;
            for (int i = 0; i < words.Length; i++) Compare(words[i], found[mask].Candidates[i], i < safe, tally);
        }
    }

    /// <summary>Compares a stored sparse vector.</summary>
    public static void CompareSparse(MaskedLanguageModel model, string text, IEnumerable<JsonElement> entries, SparseOptions options, CaseTally tally)
    {
        tally.Begin($"sparse {options.Pooling} '{text}'");
        CompareSparse(model.EncodeSparse(text, options), entries, tally);
    }

    /// <summary>Compares a stored sparse vector with one that was found.</summary>
    public static void CompareSparse(SparseVector vector, IEnumerable<JsonElement> entries, CaseTally tally)
    {
        Dictionary<int, float> found = vector.Entries.ToDictionary(e => e.Id, e => e.Weight);
        foreach (JsonElement entry in entries)
        {
            int id = entry[0].GetInt32();
            double expected = entry[1].GetDouble();
            tally.Count(1);
            tally.Score("weight", expected, found.Remove(id, out float weight) || expected < LeastWeight ? weight : double.NaN);
        }

        foreach ((int id, float weight) in found)
        {
            if (weight >= LeastWeight) tally.Differ(FormattableString.Invariant($"id {id} has the weight {weight}, expected none"));
        }
    }

    private static void Compare(JsonElement expected, FilledMask found, bool safe, CaseTally tally)
    {
        tally.Score("score", expected.Number("s"), found.Score);
        if (!safe) return;
        tally.Same("id", expected.GetProperty("id").GetInt32(), found.Id);
        tally.Same("token", expected.Text("token_str"), found.Token);
        tally.Same("sequence", expected.Text("sequence"), found.Sequence);
    }
}
