using BertCompiler.Core.Spec;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Whole models of every head, in a bare clone: the folders under tests/golden.</summary>
public sealed class TinyModelsTests : IDisposable
{
    private static readonly string _golden = Path.Combine(SharedData.Repository, "tests", "golden");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bertc-tiny-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_model_gives_the_references_results()
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(_golden, "tasks")), Path.Combine(_golden, "models")];
        int models = Directory.GetFiles(_golden, "case.json", SearchOption.AllDirectories).Length;
        Bertc.Result result = Bertc.Run("", ["verify", .. folders]);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.EndsWith($"verify: {models} of {models} passed, 0 failed, 0 not run", result.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_differs_is_seen()
    {
        string folder = Path.Combine(_folder.FullName, "bert_4_labels");
        Copy(Path.Combine(_golden, "tasks", "text_classification", "bert_4_labels"), folder);
        string cases = Path.Combine(folder, "cases.jsonl");
        string text = File.ReadAllText(cases);
        int score = text.IndexOf("0.", StringComparison.Ordinal);
        File.WriteAllText(cases, text[..score] + (text[score + 2] == '1' ? "0.2" : "0.1") + text[(score + 3)..]);
        Bertc.Result result = Bertc.Run("", "verify", folder);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 failed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_head_is_among_them()
    {
        HashSet<HeadKind> kinds = [];
        foreach (string file in Directory.GetFiles(_golden, "model.safetensors", SearchOption.AllDirectories))
        {
            ModelInspection inspection = ModelImporter.Inspect(Path.GetDirectoryName(file)!);
            Assert.True(inspection.Succeeded, file);
            kinds.Add(inspection.Spec!.Head.Kind);
        }

        // The next-sentence head alone is a part of the pre-training head, and so is the bare encoder.
        Assert.Equal(Enum.GetValues<HeadKind>().Except([HeadKind.None, HeadKind.NextSentencePrediction]).Order(), kinds.Order());
        Assert.Contains("next-sentence", File.ReadAllText(Path.Combine(_golden, "tasks", "next_sentence", "bert", "case.json")), StringComparison.Ordinal);
        Assert.Contains("sentence-embeddings", File.ReadAllText(Path.Combine(_golden, "tasks", "sentence_embeddings", "pool_mean", "case.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_small()
    {
        FileInfo[] files = [.. new DirectoryInfo(_golden).GetFiles("*", SearchOption.AllDirectories)];
        Assert.All(files, file => Assert.InRange(file.Length, 1, 1 << 20));
        Assert.InRange(files.Sum(f => f.Length), 1, 4 << 20);
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
