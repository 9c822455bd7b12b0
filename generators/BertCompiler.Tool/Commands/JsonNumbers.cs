using System.Text.Json;

namespace BertCompiler.Tool.Commands;

/// <summary>JSON has no NaN and no infinity; a model with such weights gives them. They are written as null.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a property.</summary>
    public static void WriteScore(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    /// <inheritdoc cref="WriteScore(Utf8JsonWriter, string, double)"/>
    public static void WriteScore(this Utf8JsonWriter json, string name, float value)
    {
        if (float.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
