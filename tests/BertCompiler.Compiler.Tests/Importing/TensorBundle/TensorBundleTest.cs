using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Importers.TensorBundle;

namespace BertCompiler.Compiler.Tests.Importing.TensorBundle;

/// <summary>TensorFlow checkpoints: the golden ones, and sound and unsound ones of our own.</summary>
public sealed class TensorBundleTest
{
    private const string IndexName = "bert_model.ckpt.index";

    [SharedFact]
    public void Golden_checkpoint_has_the_bits_of_the_safetensors_file()
    {
        using ICheckpoint checkpoint = Open(SharedData.Require("golden", "models", "fmt_pt_tf1"));
        using SafeTensorsFile reference = SafeTensorsFile.Open(SharedData.Require("golden", "models", "fmt_pt_safetensors", "model.safetensors"));
        Assert.NotEmpty(checkpoint.Tensors);
        Assert.Equal(reference.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal), checkpoint.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
        foreach (TensorInfo tensor in checkpoint.Tensors)
        {
            TensorInfo expected = reference.Find(tensor.Name)!;
            Assert.Equal(expected.Shape, tensor.Shape);
            var values = new float[tensor.Elements];
            checkpoint.Read(tensor, 0, values);
            Assert.Equal(reference.ReadSingles(expected).Select(BitConverter.SingleToUInt32Bits), values.Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [SharedFact]
    public void Golden_checkpoint_and_safetensors_file_are_packed_alike()
    {
        using var output = new TemporaryFolder();
        string[] hashes = [.. new[] { "fmt_pt_tf1", "fmt_pt_safetensors" }.Select(name =>
        {
            ImportResult result = ModelImporter.Import(SharedData.Require("golden", "models", name), new ImportTarget(output.Path, name));
            Assert.DoesNotContain(result.Problems, p => p.Severity == Severity.Error);
            Assert.Equal("BertForPreTraining", result.Manifest!.Spec.Architecture);
            return result.Manifest.TokenizerBytes == 0 ? result.Manifest.ContentHash : "";
        })];

        // Only the TensorFlow folder has a vocabulary, which is a part of the hash.
        Assert.Equal("", hashes[0]);
        Assert.NotEqual("", hashes[1]);
        byte[] tensorFlow = File.ReadAllBytes(output["fmt_pt_tf1.bertw"]);
        byte[] safeTensors = File.ReadAllBytes(output["fmt_pt_safetensors.bertw"]);
        Assert.Equal(safeTensors[4096..], tensorFlow[4096..safeTensors.Length]);
    }

    [SharedFact]
    public void Valid_checkpoint_has_five_variables()
    {
        using ByteSource source = ByteSource.Open(SharedData.Require("golden", "hostile", "_valid_tf", IndexName), ProblemKinds.WeightsMissing);
        BundleIndex index = BundleIndex.Read(source, new CheckpointContext(new ProblemList()));
        Assert.Equal(["bert/embeddings/LayerNorm/gamma", "bert/embeddings/word_embeddings", "bert/pooler/dense/kernel", "global_step", "output_bias"], index.Entries.Select(e => e.Name));
        using ICheckpoint checkpoint = Open(SharedData.Require("golden", "hostile", "_valid_tf"));
        Assert.Equal(["bert.embeddings.LayerNorm.weight", "bert.embeddings.word_embeddings.weight", "bert.pooler.dense.weight", "classifier.bias"], checkpoint.Tensors.Select(t => t.Name));
    }

    [Fact]
    public void A_kernel_is_transposed_and_a_table_is_not()
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter(shards: 2) { Compresses = true };
        writer.Add("bert/pooler/dense/kernel", [2, 3], [1, 2, 3, 4, 5, 6], shard: 1);
        writer.Add("cls/seq_relationship/output_weights", [2, 3], [1, 2, 3, 4, 5, 6]);
        writer.Save(folder.Path);
        using ICheckpoint checkpoint = Open(folder.Path);
        Assert.Equal("bert.pooler.dense.weight [3, 2] 1 4 2 5 3 6", Describe(checkpoint, 0));
        Assert.Equal("cls.seq_relationship.weight [2, 3] 1 2 3 4 5 6", Describe(checkpoint, 1));
    }

    [Theory]
    [InlineData(14, new byte[] { 0x80, 0x3F, 0x20, 0xC0 }, "1 -2.5")]
    [InlineData(19, new byte[] { 0x00, 0x3C, 0x00, 0xC1 }, "1 -2.5")]
    [InlineData(2, new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0x04, 0xC0 }, "1 -2.5")]
    public void Other_floats_are_widened_or_rounded(int type, byte[] bytes, string expected)
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter();
        writer.Add("bert/pooler/dense/bias", type, [2], bytes);
        writer.Save(folder.Path);
        using ICheckpoint checkpoint = Open(folder.Path);
        Assert.Equal("bert.pooler.dense.bias [2] " + expected, Describe(checkpoint, 0));
    }

    [Fact]
    public void Slots_of_a_training_are_neither_kept_nor_read()
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter();
        foreach (string slot in new[] { "", "/adam_m", "/adam_v", "/Adam", "/Adam_1" }) writer.Add("bert/pooler/dense/bias" + slot, [1], [1]);
        writer.Add("global_step", 9, [], new byte[8]);
        writer.Add("_CHECKPOINTABLE_OBJECT_GRAPH", 7, [], new byte[3]);
        foreach (string spoiled in new[] { "bert/pooler/dense/bias/adam_m", "global_step" }) writer[spoiled].Crc32C ^= 1;
        writer.Save(folder.Path);
        using ICheckpoint checkpoint = Open(folder.Path);
        Assert.Equal("bert.pooler.dense.bias", Assert.Single(checkpoint.Tensors).Name);
    }

    [Fact]
    public void Checksums_are_taken_only_where_numbers_are_read()
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter();
        writer.Add("bert/pooler/dense/bias", [1], [1]);
        writer["bert/pooler/dense/bias"].Crc32C ^= 1;
        writer.Save(folder.Path);
        Assert.Equal(ProblemKinds.TensorBundleChecksum, Assert.Throws<ImportException>(() => Open(folder.Path)).Problem.Kind);
        using ICheckpoint checkpoint = Open(folder.Path, new CheckpointContext(new ProblemList()) { ReadsNumbers = false });
        Assert.Single(checkpoint.Tensors);
    }

    [Fact]
    public void Opening_reports_how_far_it_is_and_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter();
        for (int i = 0; i < 4; i++) writer.Add($"bert/encoder/layer_{i}/output/dense/bias", [1 << 16], new float[1 << 16]);
        writer.Save(folder.Path);
        using var cancel = new CancellationTokenSource();
        var seen = new List<double>();
        var progress = new Reporter(value =>
        {
            seen.Add(value);
            if (value >= 0.5) cancel.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Open(folder.Path, new CheckpointContext(new ProblemList(), cancel.Token) { Progress = progress }));
        Assert.Equal([0.25, 0.5], seen);
    }

    [Theory]
    [InlineData("bert_model.ckpt", true)]
    [InlineData("model.ckpt", true)]
    [InlineData("model.ckpt-1000", true)]
    [InlineData("biobert.ckpt", true)]
    [InlineData("other", false)]
    public void Format_finds_its_file(string stem, bool isFound)
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter();
        writer.Add("bert/pooler/dense/bias", [1], [1]);
        writer.Save(folder.Path, stem);
        Assert.Equal(isFound ? stem + ".index" : null, new TensorBundleFormat().Find(folder.Path, new List<string>()));
    }

    [Fact]
    public void Of_several_checkpoints_none_is_guessed()
    {
        using var folder = new TemporaryFolder();
        var writer = new BundleWriter();
        writer.Add("bert/pooler/dense/bias", [1], [1]);
        foreach (string stem in new[] { "model.ckpt-10", "model.ckpt-20" }) writer.Save(folder.Path, stem);
        var notes = new List<string>();
        Assert.Null(new TensorBundleFormat().Find(folder.Path, notes));
        Assert.Contains("model.ckpt-10.index", Assert.Single(notes), StringComparison.Ordinal);
    }

    internal static ICheckpoint Open(string folder, CheckpointContext? context = null) =>
        new TensorBundleFormat().Open(ByteSource.Open(Path.Combine(folder, IndexName), ProblemKinds.WeightsMissing), context ?? new CheckpointContext(new ProblemList()));

    private static string Describe(ICheckpoint checkpoint, int number)
    {
        TensorInfo tensor = checkpoint.Tensors[number];
        var values = new float[tensor.Elements];
        checkpoint.Read(tensor, 0, values);
        return FormattableString.Invariant($"{tensor.Name} {tensor.ShapeText} ") + string.Join(" ", values.Select(v => FormattableString.Invariant($"{v}")));
    }

    private sealed class Reporter(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
