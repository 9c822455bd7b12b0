using System.Text.Json;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>One case of the hostile folder's expected.json.</summary>
public sealed record HostileCase(string Id, string Input, string Outcome, string? Class, IReadOnlyList<string> Words)
{
    /// <summary>Where two classes say a fault equally well.</summary>
    private static readonly Dictionary<string, string[]> AlsoRight = new(StringComparer.Ordinal)
    {
        ["file_truncated"] = ["safetensors_bounds", "pickle_bounds", "tf_malformed"],
    };

    /// <summary>Files that a payload would leave behind.</summary>
    public static IReadOnlyList<string> Marks { get; } = ["hostile_was_executed.txt", "evil.txt", "evil2.txt"];

    public string Folder => SharedData.Require("golden", "hostile", Id);

    /// <summary>The cases for some readers; without a name, all.</summary>
    public static IReadOnlyList<HostileCase> Read(params string[] inputs)
    {
        if (SharedData.Root is null) return [];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden", "hostile", "expected.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(FromJson).Where(c => inputs.Length == 0 || inputs.Contains(c.Input))];
    }

    public bool Accepts(string problemClass) =>
        string.Equals(problemClass, Class, StringComparison.Ordinal) || (Class is not null && AlsoRight.TryGetValue(Class, out string[]? others) && others.Contains(problemClass));

    private static HostileCase FromJson(JsonElement json) => new(
        json.GetProperty("id").GetString()!,
        json.GetProperty("input").GetString()!,
        json.GetProperty("outcome").GetString()!,
        json.GetProperty("class").GetString(),
        [.. json.GetProperty("message_should_name").EnumerateArray().Select(w => w.GetString()!)]);
}
