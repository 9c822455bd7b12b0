using System.Globalization;
using System.Text.Json;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>
/// STS Benchmark: the cosines of sentence pairs and their correlation with what people said, against <c>pairs.safetensors</c> and
/// <c>quality.json</c>. The sentences lie in <c>data/stsb</c>, two folders above the reference results.
/// </summary>
internal sealed class SentencePairs(string golden)
{
    /// <summary>Correlations of one computation agree within this; ranks of nearly equal cosines may swap.</summary>
    private const double CorrelationTolerance = 1e-4;

    /// <summary>A cosine is a sum of H products of embeddings that agree within 1e-5 at most, most far closer.</summary>
    private const double CosineTolerance = 1e-5;

    private string PairsFile => Path.Combine(golden, "pairs.safetensors");

    /// <summary>Whether the folder has reference results for pairs.</summary>
    public bool ArePresent => File.Exists(PairsFile);

    /// <summary>Compares the test and the development part.</summary>
    /// <exception cref="InvalidDataException">The sentences are not there, or not as many as results.</exception>
    public void Compare(SentenceEncoder model, List<TensorComparison> comparisons, List<string> lines, CancellationToken cancellation)
    {
        using SafeTensorsFile expected = SafeTensorsFile.Open(PairsFile);
        using JsonDocument quality = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden, "quality.json")));
        foreach (string part in (string[])["test", "dev"])
        {
            string name = "stsb_" + part;
            string file = Path.GetFullPath(Path.Combine(golden, "..", "..", "data", "stsb", $"sts-{part}.csv"));
            if (!File.Exists(file)) throw new InvalidDataException($"the sentences of {name} are not there: {file}");
            string[][] rows = [.. File.ReadLines(file).Select(l => l.Split('\t'))];
            float[] cosines = Cosines(model, rows, cancellation);
            if (expected.Find(name + ".cosine_fp32") is not { } tensor || tensor.Elements != cosines.Length) throw new InvalidDataException($"{PairsFile}: expected '{name}.cosine_fp32' of {cosines.Length} numbers");
            comparisons.Add(TensorComparer.Compare(name + ".cosine", expected.ReadSingles(tensor), cosines, CosineTolerance));
            double[] gold = [.. rows.Select(r => double.Parse(r[4], CultureInfo.InvariantCulture))];
            double[] ours = [.. cosines.Select(c => (double)c)];
            (double spearman, double pearson) = (Correlation.Spearman(ours, gold), Correlation.Pearson(ours, gold));
            JsonElement scores = quality.RootElement.GetProperty("scores").GetProperty("fp32").GetProperty(name);
            comparisons.Add(Of(name + ".spearman", spearman, scores.GetProperty("spearman").GetDouble()));
            comparisons.Add(Of(name + ".pearson", pearson, scores.GetProperty("pearson").GetDouble()));
            lines.Add(FormattableString.Invariant($"STS-B {part}: Spearman {spearman:F4}, Pearson {pearson:F4} over {rows.Length} pairs"));
        }
    }

    private static TensorComparison Of(string name, double actual, double expected) => new(name, Math.Abs(actual - expected), CorrelationTolerance, 1);

    private static float[] Cosines(SentenceEncoder model, string[][] rows, CancellationToken cancellation)
    {
        int width = model.Facts.Dimension;
        var pair = new float[2 * width];
        var cosines = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            model.Embed([rows[i][5], rows[i][6]], pair, cancellationToken: cancellation);
            cosines[i] = (float)Vectors.Cosine(pair.AsSpan(0, width), pair.AsSpan(width));
        }

        return cosines;
    }
}
