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

    public static TheoryData<string, string> Folders => Cases(_ => true);

    /// <summary>Folders whose case.json says what config.json would have to say for an option to be off.</summary>
    public static TheoryData<string, string> FoldersWithOption => Cases(d => SwitchedOff(d) is not null);

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void Every_result_is_within_its_tolerance(string collection, string folder)
    {
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(SharedData.Require("golden", collection, folder), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
    }

    /// <summary>The comparison sees each option: a model without it gives other numbers, and that is a failure.</summary>
    [SharedTheory]
    [MemberData(nameof(FoldersWithOption))]
    public void An_option_switched_off_is_seen(string collection, string folder)
    {
        string original = SharedData.Require("golden", collection, folder);
        using var copy = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(original)) File.Copy(file, copy[Path.GetFileName(file)]);
        string config = copy["config.json"];
        var fields = (JsonObject)JsonNode.Parse(File.ReadAllText(config))!;
        foreach ((string name, JsonNode? value) in SwitchedOff(original)!) fields[name] = value?.DeepClone();
        File.Delete(config);
        File.WriteAllText(config, fields.ToJsonString());
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(copy.Path, default);
        Assert.Equal(Verdict.Failed, report.Verdict);

        // With another pad id the longest text may not fit any more, which is said before anything is computed.
        bool refused = report.Lines.Any(l => l.Contains("expected at most", StringComparison.Ordinal));
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
    private static TheoryData<string, string> Cases(Func<string, bool> wanted)
    {
        var data = new TheoryData<string, string>();
        if (SharedData.Root is null)
        {
            data.Add("models", "none");
            return data;
        }

        foreach (string collection in (string[])["models", Beyond])
        {
            foreach (string folder in Directory.GetDirectories(SharedData.Require("golden", collection)).Order(StringComparer.Ordinal))
            {
                if (wanted(folder) && (collection != Beyond || Compiles(folder))) data.Add(collection, Path.GetFileName(folder));
            }
        }

        return data;
    }

    private static bool Compiles(string folder) =>
        Family.Find(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!["model_type"]!.GetValue<string>()) is not null;

    /// <summary>The first option whose absence is a change of config.json alone; null: there is none.</summary>
    private static JsonObject? SwitchedOff(string folder)
    {
        JsonNode? options = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "case.json")))!["option_effect"];
        foreach ((string _, JsonNode? option) in options as JsonObject ?? [])
        {
            if (option?["off"] is JsonObject fields) return fields;
            if (option?["off"] is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() == "relative_key") return new JsonObject { ["position_embedding_type"] = "relative_key" };
        }

        return null;
    }
}
