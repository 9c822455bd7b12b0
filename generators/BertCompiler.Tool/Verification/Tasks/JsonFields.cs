using System.Text.Json;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Fields of reference results.</summary>
internal static class JsonFields
{
    /// <summary>The field, if it is there and not null.</summary>
    public static JsonElement? Find(this JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static double Number(this JsonElement row, string name) => row.GetProperty(name).GetDouble();

    public static int? Count(this JsonElement row, string name) => row.Find(name)?.GetInt32();

    public static bool Flag(this JsonElement row, string name) => row.Find(name)?.GetBoolean() ?? false;

    public static string[] Texts(this JsonElement list) => [.. list.EnumerateArray().Select(t => t.GetString()!)];

    public static int[] Ids(this JsonElement list) => [.. list.EnumerateArray().Select(t => t.GetInt32())];

    public static float[] Singles(this JsonElement list) => [.. list.EnumerateArray().Select(t => t.GetSingle())];

    /// <summary>A place in UTF-16 units: <c>u</c>, or where it is the same <c>o</c>, which counts code points.</summary>
    public static TextSpan Place(this JsonElement row)
    {
        int[] pair = (row.Find("u") ?? row.GetProperty("o")).Ids();
        return new TextSpan(pair[0], pair[1]);
    }

    /// <summary>The function that a pipeline's call names; null: none is named.</summary>
    public static ScoreFunction? Function(this JsonElement options) => options.Find("function_to_apply")?.GetString() switch
    {
        null => null,
        "sigmoid" => ScoreFunction.Sigmoid,
        "softmax" => ScoreFunction.Softmax,
        "none" => ScoreFunction.None,
        string other => throw new InvalidDataException($"'function_to_apply': '{other}' is not known"),
    };
}
