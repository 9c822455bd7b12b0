using System.Text.Json.Nodes;
using BertCompiler.Testing;
using BertCompiler.Tool.Commands;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>Every stored case goes through <c>bertc tokenize</c>; each field that the reference gives must be equal.</summary>
public sealed class TokenizeCommandTest
{
    private static readonly string[] Lists = ["encodings", "overflow"];
    private static readonly string[] NotAnswers = ["score_tie", "text", "words", "pair", "pair_words", "options", "texts", "pairs"];

    public static TheoryData<string, string> CaseFiles()
    {
        var data = new TheoryData<string, string>();
        if (SharedData.Root is null) return new() { { "", "" } };
        foreach (string folder in Directory.GetDirectories(SharedData.Require("golden", "tokenizers")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(folder);
            foreach (string file in Directory.GetFiles(folder, "cases_*.jsonl").Order(StringComparer.Ordinal))
            {
                if (Path.GetFileName(file) is not ("cases_decode.jsonl" or "cases_long.jsonl")) data.Add(name, Path.GetFileName(file));
            }
        }

        return data;
    }

    [SharedTheory]
    [MemberData(nameof(CaseFiles))]
    public void AnswersEqualTheReference(string folder, string file)
    {
        string path = SharedData.Require("golden", "tokenizers", folder);
        string[] cases = File.ReadAllLines(Path.Combine(path, file));
        using var input = File.OpenRead(Path.Combine(path, file));
        using var output = new MemoryStream();
        var errors = new StringWriter();
        Assert.Equal(0, TokenizeCommand.Run(path, input, output, errors));
        Assert.Equal("", errors.ToString());
        string[] answers = System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(cases.Length, answers.Length);
        for (int i = 0; i < cases.Length; i++) Compare(cases[i], answers[i]);
    }

    [SharedFact]
    public void LinesThatAreNotUnderstoodGetAnErrorAndTheOthersTheirAnswer()
    {
        string[] lines =
        [
            """{"text":"a"}""", "{", "", "[]", """{"words":["a"],"text":"a"}""", """{"text":"a","options":{"truncate":true}}""",
            """{"text":"a","options":{"truncation":"longest_first"}}""", """{"text":"a b","options":{"truncation":"only_second","max_length":3}}""",
            """{"texts":["a"],"pairs":[]}""", """{"text":"\ud800 a"}""",
        ];
        using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        using var output = new MemoryStream();
        Assert.Equal(1, TokenizeCommand.Run(SharedData.Require("golden", "tokenizers", "bert_uncased"), input, output, TextWriter.Null));
        JsonNode[] answers = [.. System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(9, answers.Length);
        Assert.All(answers[1..^1], a => Assert.False(string.IsNullOrEmpty(a["error"]?.GetValue<string>())));
        Assert.Equal("[101,1037,102]", answers[0]["ids"]!.ToJsonString());
        Assert.Equal("[[0,0],[2,3],[0,0]]", answers[^1]["offsets"]!.ToJsonString());
    }

    [SharedFact]
    public void BlocksOfTheFileApplyUnlessItIsAModelsOrOptionsSayOtherwise()
    {
        string model = SharedData.Require("models", "all-MiniLM-L6-v2");
        string alone = Directory.CreateTempSubdirectory("bert-tokenize-").FullName;
        File.Copy(Path.Combine(model, "tokenizer.json"), Path.Combine(alone, "tokenizer.json"));
        Assert.Equal([3, 3, 1], Lengths(model));
        Assert.Equal([128, 3, 128], Lengths(alone));
        Directory.Delete(alone, recursive: true);
    }

    private static int[] Lengths(string folder)
    {
        string[] lines = ["""{"text":"a"}""", """{"text":"a","options":{"truncation":"do_not_truncate"}}""", """{"text":"a","options":{"add_special_tokens":false}}"""];
        using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        using var output = new MemoryStream();
        Assert.Equal(0, TokenizeCommand.Run(folder, input, output, TextWriter.Null));
        return [.. System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!["ids"]!.AsArray().Count)];
    }

    [SharedFact]
    public void AFolderWithoutUsableTokenizerIsSaid()
    {
        var errors = new StringWriter();
        Assert.Equal(ExitCodes.Failed, TokenizeCommand.Run(SharedData.Require("golden", "hostile", "tokenizer_truncated"), Stream.Null, Stream.Null, errors));
        Assert.Contains("BERT1301", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, TokenizeCommand.Run(SharedData.Require("golden", "hostile", "config_array"), Stream.Null, Stream.Null, errors));
    }

    private static void Compare(string expectedLine, string foundLine)
    {
        JsonObject expected = JsonNode.Parse(expectedLine)!.AsObject();
        JsonObject found = JsonNode.Parse(foundLine)!.AsObject();
        CompareFields(expected, found, expectedLine, foundLine);
        foreach (string list in Lists)
        {
            if (expected[list] is JsonArray encodings) CompareAll(encodings, found[list]!.AsArray(), expectedLine, foundLine);
        }
    }

    private static void CompareAll(JsonArray expected, JsonArray found, string expectedLine, string foundLine)
    {
        Assert.Equal(expected.Count, found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            if (expected[i] is JsonArray inner) CompareAll(inner, found[i]!.AsArray(), expectedLine, foundLine);
            else CompareFields(expected[i]!.AsObject(), found[i]!.AsObject(), expectedLine, foundLine);
        }
    }

    private static void CompareFields(JsonObject expected, JsonObject found, string expectedLine, string foundLine)
    {
        AddWhatIsAbsent(expected);
        foreach ((string name, JsonNode? value) in expected)
        {
            if (NotAnswers.Contains(name) || Lists.Contains(name)) continue;
            bool equal = JsonNode.DeepEquals(value, found[name]);
            Assert.True(equal, $"{name} differs\ncase:     {expectedLine}\nexpected: {value?.ToJsonString()}\nfound:    {found[name]?.ToJsonString() ?? foundLine}");
        }
    }

    /// <summary>The stored cases leave out what has its usual value.</summary>
    private static void AddWhatIsAbsent(JsonObject expected)
    {
        if (expected["ids"] is not JsonArray ids) return;
        if (!expected.ContainsKey("type_ids")) expected["type_ids"] = Repeated(0, ids.Count);
        if (!expected.ContainsKey("attention_mask") && expected.ContainsKey("special_tokens_mask")) expected["attention_mask"] = Repeated(1, ids.Count);
        if (!expected.ContainsKey("offsets_utf16")) expected["offsets_utf16"] = expected["offsets"]!.DeepClone();
    }

    private static JsonArray Repeated(int value, int count) => new([.. Enumerable.Repeat(value, count).Select(v => (JsonNode)v)]);
}
