using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Commands.Running;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Compiler.Tests.Importing.Pickle;

/// <summary>Real and reference PyTorch and fairseq files: bits, results, and every malformed one.</summary>
public sealed class PyTorchReferenceTest
{
    private const string Mark = "hostile_was_executed.txt";
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, HostileCase> Cases = HostileCase.Read("pytorch_bin").ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => new(Cases.Keys);

    [SharedTheory]
    [InlineData("golden/models/fmt_pt_bin_zip", "golden/models/fmt_pt_safetensors")]
    [InlineData("golden/models/fmt_pt_bin_legacy", "golden/models/fmt_pt_safetensors")]
    [InlineData("golden/models/fmt_pt_bin_parameters", "golden/models/fmt_pt_safetensors")]
    [InlineData("golden/models/fmt_pt_bin_protocol4", "golden/models/fmt_pt_safetensors")]
    [InlineData("golden/models/fmt_pt_bin_sharded", "golden/models/fmt_pt_safetensors")]
    [InlineData("golden/models/fmt_pt_bin_views", "golden/models/fmt_pt_safetensors")]
    [InlineData("golden/models/fmt_roberta_fairseq_old", "golden/models/fmt_roberta_safetensors")]
    [InlineData("golden/models/fmt_roberta_fairseq_new", "golden/models/fmt_roberta_safetensors")]
    [InlineData("models/sapiens-vh/fairseq", "models/sapiens-vh/hf")]
    public void Every_tensor_has_the_bits_of_the_safetensors_file(string folder, string reference)
    {
        using SafeTensorsFile expected = SafeTensorsFile.Open(SharedData.Require([.. reference.Split('/'), "model.safetensors"]));
        using ICheckpoint actual = CheckpointOpener.Open(SharedData.Require(folder.Split('/')), null, new CheckpointContext(new ProblemList()), new List<string>());
        Assert.NotEmpty(expected.Tensors);
        Dictionary<string, TensorInfo> byName = actual.Tensors.ToDictionary(t => Modern(t.Name), StringComparer.Ordinal);
        foreach (TensorInfo tensor in expected.Tensors.Where(t => TensorDtypes.IsWeight(t.Dtype)))
        {
            TensorInfo own = byName[Modern(tensor.Name)];
            Assert.Equal(tensor.Shape, own.Shape);
            var values = new float[own.Elements];
            actual.Read(own, 0, values);
            Assert.True(MemoryMarshal.AsBytes(values.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(expected.ReadSingles(tensor).AsSpan())), tensor.Name);
        }
    }

    [SharedTheory]
    [MemberData(nameof(Ids))]
    public void A_malformed_file_ends_as_expected_and_runs_nothing(string id)
    {
        HostileCase expected = Cases[id];
        using var output = new TemporaryFolder();
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        ImportResult result = ModelImporter.Import(expected.Folder, new ImportTarget(output.Path, "model"));
        Assert.True(Stopwatch.GetElapsedTime(started) < MostTime);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore < ImportBudget.Default);
        Problem problem = Assert.Single(result.Problems, p => p.Severity == Severity.Error);
        Assert.Equal(expected.Class, problem.Kind.Class);
        foreach (string word in expected.Words) Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(output.Path));
        foreach (string folder in new[] { ".", "..", expected.Folder }) Assert.False(File.Exists(Path.Combine(folder, Mark)));
    }

    [SharedFact]
    public void The_table_of_malformed_files_is_whole() => Assert.True(Cases.Count >= 30, $"{Cases.Count} cases");

    /// <summary>A fairseq checkpoint as its authors published it, without config.json: the arguments of its training say what it is.</summary>
    [SharedFact]
    public void A_fairseq_checkpoint_gives_the_references_logits()
    {
        FolderReport report = new SequenceVerifier(ModelCache.OfUser, SharedData.Require("golden", "sapiens-vh")).Verify(SharedData.Require("models", "sapiens-vh", "fairseq"), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines));
        Assert.Contains(report.Tensors, t => t.Name == "batch.logits");
    }

    /// <summary>The format before 1.6, storages on a GPU, 50 classes where config.json names two.</summary>
    [SharedFact]
    public void A_classifier_of_2020_gives_the_references_logits()
    {
        using var folder = new TemporaryFolder();
        string golden = SharedData.Require("golden", "rxnfp-bert-ft-10k-25s");
        CachedModel model = ModelCache.OfUser.Get(SharedData.Require("models", "rxnfp-bert-ft-10k-25s"), Taps.None, progress: null, default);
        Problem problem = Assert.Single(model.Import.Problems);
        Assert.Equal((Severity.Warning, ProblemKinds.ConfigInconsistent), (problem.Severity, problem.Kind));
        Assert.Equal([.. Enumerable.Range(0, 50).Select(i => $"LABEL_{i}")], model.Import.Manifest!.Spec.Head.Labels);
        JsonElement[] rows = [.. File.ReadLines(Path.Combine(golden, "reactions.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        SafeTensorsWriter.Write(folder["in.safetensors"], [.. rows.Select((row, i) => Ids($"r{i}.input_ids", row))]);
        new BatchRunner(model, Taps.None).Run(folder["in.safetensors"], folder["out.safetensors"], progress: null, default);
        using SafeTensorsFile expected = SafeTensorsFile.Open(Path.Combine(golden, "expected.safetensors"));
        using SafeTensorsFile actual = SafeTensorsFile.Open(folder["out.safetensors"]);
        float[] logits = expected.ReadSingles(expected.Find("logits")!);
        Assert.Equal(16, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            float[] own = actual.ReadSingles(actual.Find($"r{i}.logits")!);
            Assert.Equal(rows[i].GetProperty("predicted").GetInt32(), Array.IndexOf(own, own.Max()));
            for (int label = 0; label < 50; label++) Assert.True(Math.Abs(own[label] - logits[(i * 50) + label]) <= CaseVerifier.Tolerance);
        }
    }

    private static Importing.TensorData Ids(string name, JsonElement row)
    {
        long[] ids = [.. row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64())];
        return Importing.TensorData.OfInt64s(name, ids, 1, ids.Length);
    }

    /// <summary>Without prefix, gamma and beta as weight and bias.</summary>
    private static string Modern(string name)
    {
        string bare = name.StartsWith("bert.", StringComparison.Ordinal) ? name[5..] : name;
        return bare.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal).Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
    }
}
