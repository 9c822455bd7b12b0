using System.Text.Json;

namespace BertCompiler.Tool.Verification;

/// <summary>What a folder's <c>case.json</c> says that a comparison needs to know. Everything in it is optional.</summary>
/// <param name="WeightsFormat"><c>weights_format</c>: the format of the weights, in words.</param>
/// <param name="WeightsFiles"><c>weights_files</c>: the names of the files of weights.</param>
internal sealed record CaseFile(string WeightsFormat, IReadOnlyList<string> WeightsFiles)
{
    /// <summary>The name of the file.</summary>
    public const string Name = "case.json";

    /// <summary>Whether the weights are in a format that is read.</summary>
    public bool HasReadableWeights => WeightsFiles.Count == 0 || WeightsFiles.Any(f => f.EndsWith(".safetensors", StringComparison.Ordinal));

    /// <summary>Reads a folder's case.json.</summary>
    /// <exception cref="InvalidDataException">It is no JSON object, or a field has another type.</exception>
    public static CaseFile Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            string format = root.TryGetProperty("weights_format", out JsonElement f) ? f.GetString() ?? "" : "";
            string[] files = root.TryGetProperty("weights_files", out JsonElement list) ? [.. list.EnumerateArray().Select(e => e.GetString() ?? "")] : [];
            return new CaseFile(format, files);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}
