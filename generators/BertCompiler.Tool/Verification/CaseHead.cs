using System.Text.Json;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Tool.Verification;

/// <summary>The class that reference results were made with, where config.json names another.</summary>
internal static class CaseHead
{
    /// <summary>What an import is told for a case.</summary>
    /// <param name="model">The model folder.</param>
    /// <param name="description">case.json.</param>
    /// <exception cref="InvalidDataException">config.json is not JSON.</exception>
    public static ImportOptions OptionsFor(string model, JsonElement description) => new() { Head = Of(model, description) };

    private static string? Of(string model, JsonElement description)
    {
        string file = Path.Combine(model, "config.json");
        if (description.Find("class")?.GetString() is not { } made || !File.Exists(file)) return null;
        JsonElement config = JsonRows.ReadFile(file);
        if (config.ValueKind != JsonValueKind.Object || config.Find("architectures") is not { ValueKind: JsonValueKind.Array } named || named.GetArrayLength() == 0) return null;
        return named[0].ValueKind == JsonValueKind.String && named[0].GetString() != made ? made : null;
    }
}
