using System.Text.Json;
using System.Text.Json.Nodes;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Small models of every variant, head, size and option against float64 results; hidden states and attentions included.</summary>
public sealed class CaseVerifierTests
{
    private const string Beyond = "models_beyond";

    public static TheoryData<string, string> Folders => Cases();

    /// <summary>Folders with the options that case.json says to be off if config.json says something else.</summary>
    public static TheoryData<string, string, string> Options => CasesWithOption();

    /// <summary>What is not compiled without the option, since the weights are there for more; the word is in the error.</summary>
    private static readonly Dictionary<(string Folder, string Option), (string Id, string Word)> RefusedWithout = new()
    {
        [("albert_mlm_inner2", "inner_group_num")] = ("BERT1206", "albert_layers.1"),
    };

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void Every_result_is_within_its_tolerance(string collection, string folder)
    {
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(SharedData.Require("golden", collection, folder), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
    }

    /// <summary>The comparison sees each option: a model without it gives other numbers, and that is a failure.</summary>
    [SharedTheory]
    [MemberData(nameof(Options))]
    public void An_option_switched_off_is_seen(string collection, string folder, string option)
    {
        string original = SharedData.Require("golden", collection, folder);
        using var copy = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(original)) File.Copy(file, copy[Path.GetFileName(file)]);
        string config = copy["config.json"];
        var fields = (JsonObject)JsonNode.Parse(File.ReadAllText(config))!;
        foreach ((string name, JsonNode? value) in SwitchedOff(original)[option]) fields[name] = value?.DeepClone();
        File.Delete(config);
        File.WriteAllText(config, fields.ToJsonString());
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(copy.Path, default);
        Assert.Equal(Verdict.Failed, report.Verdict);
        if (RefusedWithout.TryGetValue((folder, option), out (string Id, string Word) refusal))
        {
            string line = Assert.Single(report.Lines);
            Assert.Contains("error " + refusal.Id, line, StringComparison.Ordinal);
            Assert.Contains(refusal.Word, line, StringComparison.Ordinal);
            return;
        }

        // With another pad id the longest text may not fit any more, which is said before anything is computed.
        bool isTooLong = report.Lines.Any(l => l.Contains("expected at most", StringComparison.Ordinal));
        Assert.True(isTooLong || report.Tensors.Any(t => !t.Passed), string.Join('\n', report.Lines));
    }

    /// <summary>Files beside the folders are passed over, and each folder is taken for a model with cases.</summary>
    [SharedFact]
    public void Every_folder_beyond_is_found()
    {
        string root = SharedData.Require("golden", Beyond);
        var verifier = new CaseVerifier(ModelCache.OfUser);
        string[] folders = Directory.GetDirectories(root);
        Assert.NotEmpty(folders);
        Assert.Equal(folders.Order(StringComparer.Ordinal), FolderFinder.Find([root], [verifier]).Where(f => f.Value == verifier).Select(f => f.Key));
    }

    private static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach ((string collection, string folder) in AllFolders()) data.Add(collection, Path.GetFileName(folder));
        return data;
    }

    private static TheoryData<string, string, string> CasesWithOption()
    {
        var data = new TheoryData<string, string, string>();
        foreach ((string collection, string folder) in AllFolders())
        {
            foreach (string option in SharedData.Root is null ? Enumerable.Repeat("none", 1) : SwitchedOff(folder).Keys) data.Add(collection, Path.GetFileName(folder), option);
        }

        return data;
    }

    private static IEnumerable<(string Collection, string Folder)> AllFolders() => SharedData.Root is null
        ? [("models", "none")]
        : ((string[])["models", Beyond]).SelectMany(c => Directory.GetDirectories(SharedData.Require("golden", c)).Order(StringComparer.Ordinal).Select(folder => (c, folder)));

    /// <summary>The options whose absence is a change of config.json alone, with the fields that say it.</summary>
    private static Dictionary<string, JsonObject> SwitchedOff(string folder)
    {
        var found = new Dictionary<string, JsonObject>();
        JsonNode? options = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "case.json")))!["option_effect"];
        foreach ((string name, JsonNode? option) in options as JsonObject ?? [])
        {
            if (option?["off"] is JsonObject fields) found[name] = fields;
            if (option?["off"] is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() == "relative_key") found[name] = new JsonObject { ["position_embedding_type"] = "relative_key" };
        }

        return found;
    }
}
