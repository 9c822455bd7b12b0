using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>What an import leaves on disk: everything, or nothing.</summary>
public sealed class ImportedFilesTest
{
    [Fact]
    public void Same_folder_same_bytes_and_the_manifest_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder["model"]);
        var target = new ImportTarget(folder["out"], "m");
        ModelImporter.Import(folder["model"], target);
        byte[] weights = File.ReadAllBytes(target.WeightsPath);
        var long_ago = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(target.ManifestPath, long_ago);
        ModelImporter.Import(folder["model"], target);
        Assert.Equal(weights, File.ReadAllBytes(target.WeightsPath));
        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(target.ManifestPath));
        new TinyModel(vocabulary: 22).Save(folder["model"]);
        ModelImporter.Import(folder["model"], target);
        Assert.NotEqual(long_ago, File.GetLastWriteTimeUtc(target.ManifestPath));
        Assert.Equal(2, Directory.GetFiles(target.Folder).Length);
    }

    [Theory]
    [InlineData("all-MiniLM-L6-v2.1")]
    [InlineData("my model (2026) ü")]
    [InlineData(".hidden")]
    public void Any_folder_name_works(string name)
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder[name]);
        ImportResult result = ModelImporter.Import(folder[name] + Path.DirectorySeparatorChar, new ImportTarget(folder["out dir.x"], name));
        Assert.Empty(result.Problems);
        Assert.Equal(name, result.Manifest!.Spec.Name);
        Assert.True(File.Exists(folder[$"out dir.x/{name}.bertw"]));
    }

    [Fact]
    public void A_cancelled_import_leaves_what_was_there()
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder["model"]);
        var target = new ImportTarget(folder["out"], "m");
        using var source = new CancellationTokenSource();
        var progress = new CancelAt(0.5, source);
        Assert.Throws<OperationCanceledException>(() => ModelImporter.Import(folder["model"], target, progress: progress, cancellation: source.Token));
        Assert.Empty(Directory.GetFiles(folder["out"]));
        ModelImporter.Import(folder["model"], target);
        byte[] weights = File.ReadAllBytes(target.WeightsPath);
        Assert.Throws<OperationCanceledException>(() => ModelImporter.Import(folder["model"], target, progress: progress, cancellation: source.Token));
        Assert.Equal(weights, File.ReadAllBytes(target.WeightsPath));
        Assert.Equal(2, Directory.GetFiles(folder["out"]).Length);
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder["model"]);
        var values = new List<double>();
        ModelImporter.Import(folder["model"], new ImportTarget(folder["out"], "m"), progress: new Collect(values));
        Assert.Equal(1, values[^1]);
        Assert.Equal(values.Order(), values);
        Assert.True(values.Count > 10);
    }

    [Fact]
    public void A_failed_import_leaves_the_files_of_the_last_good_one()
    {
        using var folder = new TemporaryFolder();
        var model = new TinyModel();
        model.Save(folder["model"]);
        var target = new ImportTarget(folder["out"], "m");
        ModelImporter.Import(folder["model"], target);
        byte[] weights = File.ReadAllBytes(target.WeightsPath);
        model.Fields.Remove("hidden_size");
        model.SaveConfig(folder["model"]);
        ImportResult result = ModelImporter.Import(folder["model"], target);
        Assert.False(result.Succeeded);
        Assert.Equal(weights, File.ReadAllBytes(target.WeightsPath));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem_not_an_exception()
    {
        Problem problem = Assert.Single(ModelImporter.Inspect("/no/such/folder").Problems);
        Assert.Equal(ProblemKinds.ConfigMissingFile, problem.Kind);
    }

    /// <summary>The form that MSBuild makes an error of, with the place in the user's file.</summary>
    [Fact]
    public void A_problem_prints_as_a_build_error()
    {
        using var folder = new TemporaryFolder();
        var model = new TinyModel();
        model.Fields["hidden_act"] = "\"gelu_ultra\"";
        model.Save(folder.Path);
        int line = 1 + model.Config.Split('\n').ToList().FindIndex(l => l.Contains("hidden_act", StringComparison.Ordinal));
        string text = Assert.Single(ModelImporter.Inspect(folder.Path).Problems).ToString();
        Assert.StartsWith($"{folder["config.json"]}({line},17): error BERT1007: 'hidden_act': no activation 'gelu_ultra' (supported: gelu", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tf_model.h5")]
    [InlineData("flax_model.msgpack")]
    public void Weights_of_another_format_are_named(string file)
    {
        using var folder = new TemporaryFolder();
        new TinyModel().SaveConfig(folder.Path);
        File.WriteAllText(folder[file], "");
        Problem problem = Assert.Single(ModelImporter.Inspect(folder.Path).Problems);
        Assert.Equal(ProblemKinds.WeightsMissing, problem.Kind);
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
    }

    private sealed class CancelAt(double share, CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share) source.Cancel();
        }
    }

    private sealed class Collect(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
