namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Which of a folder's ONNX files to take: hubs keep several of one model side by side, in the folder itself or in <c>onnx/</c>.</summary>
internal static class OnnxFiles
{
    private const int MostFiles = 200;
    private const int MostNamed = 10;

    /// <summary>Names without <c>.onnx</c>, from the most exact down.</summary>
    private static readonly string[] Preferred =
    [
        "model", "model_fp32", "model_optimized", "model_O1", "model_O2", "model_O3", "model_fp16", "model_O4", "model_quantized", "model_int8", "model.int8",
        "model_uint8", "model_q8", "model_q8f16", "model_q4", "model_q4f16", "model_q2", "model_bnb4",
    ];

    /// <summary>The file, relative to the folder; null: there is none.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="notes">Receives which was taken, where there are several.</param>
    public static string? Choose(string folder, ICollection<string> notes)
    {
        string[] found = [.. In(folder, ""), .. In(folder, "onnx")];
        if (found.Length == 0) return null;
        string chosen = found.OrderBy(Rank).ThenBy(f => f.Contains('/') ? 1 : 0).ThenBy(f => f, StringComparer.Ordinal).First();
        if (found.Length == 1) return chosen;
        string[] others = [.. found.Where(f => f != chosen).Order(StringComparer.Ordinal)];
        string more = others.Length > MostNamed ? $" and {others.Length - MostNamed} more" : "";
        notes.Add($"'{chosen}' was taken; {string.Join(", ", others.Take(MostNamed).Select(f => $"'{f}'"))}{more} {(others.Length == 1 ? "is" : "are")} there too: Weights=\"…\" in the project, or --weights, takes another");
        return chosen;
    }

    /// <summary>Encoders only: decoders and parts of pipelines have other names.</summary>
    private static string[] In(string folder, string sub)
    {
        string path = Path.Combine(folder, sub);
        if (!Directory.Exists(path)) return [];
        string[] names = [.. Directory.EnumerateFiles(path, "*.onnx").Take(MostFiles).Select(f => Path.GetFileName(f))];
        string[] models = [.. names.Where(n => n.StartsWith("model", StringComparison.OrdinalIgnoreCase))];
        if (models.Length == 0 && names.Length == 1) models = names;
        return [.. models.Select(n => sub.Length == 0 ? n : sub + "/" + n)];
    }

    private static int Rank(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        int rank = Array.IndexOf(Preferred, name);
        if (rank >= 0) return rank;
        bool isRounded = name.Contains("int8", StringComparison.OrdinalIgnoreCase) || name.Contains("quant", StringComparison.OrdinalIgnoreCase) || name.Contains("_q", StringComparison.OrdinalIgnoreCase);
        return isRounded ? Preferred.Length + 1 : Array.IndexOf(Preferred, "model_fp16") - 1; // as exact as an optimised one
    }
}
