using System.Text.Json;
using System.Text.Json.Nodes;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Families;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Small models of every variant, head, size and option against float64 results; hidden states and attentions included.</summary>
public sealed class CaseVerifierTests
{
    private const string Beyond = "models_beyond";

    private static readonly string[] _refusals = ["expected at most", "error BERT1206", "has shape"];

    public static TheoryData<string, string> Folders
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string collection, string folder) in Cases()) data.Add(collection, folder);
            return data;
        }
    }

    /// <summary>Options of folders whose case.json says what config.json would have to say for them to be off.</summary>
    public static TheoryData<string, string, string> OptionsOfFolders
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach ((string collection, string folder) in Cases())
            {
                if (SharedData.Root is null) data.Add(collection, folder, "none");
                else foreach (string option in SwitchedOff(SharedData.Require("golden", collection, folder)).Keys) data.Add(collection, folder, option);
            }

            return data;
        }
    }

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void Every_result_is_within_its_tolerance(string collection, string folder)
    {
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(SharedData.Require("golden", collection, folder), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
    }

    /// <summary>The comparison sees each option: a model without it gives other numbers, and that is a failure.</summary>
    [SharedTheory]
    [MemberData(nameof(OptionsOfFolders))]
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

        // Texts or tensors may not fit any more, which is said before anything is computed: ids with another pad id, tables of other sizes, layers
        // that would be left out.
        bool refused = report.Lines.Any(l => _refusals.Any(words => l.Contains(words, StringComparison.Ordinal)));
        Assert.True(refused || report.Tensors.Any(t => !t.Passed), string.Join('\n', report.Lines));
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

    /// <summary>Folders of the families that compile; those of newer families come in with their descriptions.</summary>
    private static IEnumerable<(string Collection, string Folder)> Cases()
    {
        if (SharedData.Root is null) return [("models", "none")];
        return from collection in (string[])["models", Beyond]
               from folder in Directory.GetDirectories(SharedData.Require("golden", collection)).Order(StringComparer.Ordinal)
               where collection != Beyond || Compiles(folder)
               select (collection, Path.GetFileName(folder));
    }

    private static bool Compiles(string folder) =>
        Family.Find(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!["model_type"]!.GetValue<string>()) is not null;

    /// <summary>The options whose absence is a change of config.json alone, and that change.</summary>
    private static Dictionary<string, JsonObject> SwitchedOff(string folder)
    {
        JsonNode? options = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "case.json")))!["option_effect"];
        var changes = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? option) in options as JsonObject ?? [])
        {
            if (option?["off"] is JsonObject fields) changes.Add(name, fields);
            if (option?["off"] is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() == "relative_key") changes.Add(name, new JsonObject { ["position_embedding_type"] = "relative_key" });
        }

        return changes;
    }
}
