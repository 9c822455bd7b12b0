using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Importing.Pickle;

/// <summary>PyTorch files of every arrangement give what safetensors files give; unsound ones are refused with their fault.</summary>
public sealed class PyTorchFileTest
{
    [Theory]
    [InlineData("pytorch_model.bin", null, "")]
    [InlineData("model.pt", "state_dict", "")]
    [InlineData("checkpoint_last.pt", "model", "module.")]
    [InlineData("any.pth", "module", "")]
    public void A_model_packs_to_the_same_bytes(string file, string? wrap, string prefix)
    {
        var model = new TinyModel();
        using var folder = new TemporaryFolder();
        model.Save(folder["one/model"]);
        model.SaveConfig(folder["two/model"]);
        File.WriteAllBytes(folder["two/model/" + file], PickleWriter.Archive([.. model.Tensors.Select(t => (prefix + t.Key, t.Value.Shape, t.Value.Values))], wrap));
        foreach (string other in new[] { "training_args.bin", "optimizer.pt", "rng_state_0.pth", "scheduler.pt" }) File.WriteAllText(folder["two/model/" + other], "not read");
        ImportResult one = ModelImporter.Import(folder["one/model"], new ImportTarget(folder["out"], "one"));
        ImportResult two = ModelImporter.Import(folder["two/model"], new ImportTarget(folder["out"], "two"));
        Assert.Empty(two.Problems);
        Assert.Equal(one.Manifest, two.Manifest);
        Assert.Equal(File.ReadAllBytes(folder["out/one.bertw"]), File.ReadAllBytes(folder["out/two.bertw"]));
        Assert.Equal(file != "pytorch_model.bin", ModelImporter.Inspect(folder["two/model"]).Notes.Any(n => n.Contains(file, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_module_of_a_sentence_embedder_may_be_a_PyTorch_file()
    {
        var model = new TinyModel();
        using var folder = new TemporaryFolder();
        model.Save(folder.Path);
        foreach (string module in new[] { "1_Pooling", "2_Dense" }) Directory.CreateDirectory(folder[module]);
        File.WriteAllText(folder["modules.json"], """[{"path": "", "type": "sentence_transformers.models.Transformer"}, {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}, {"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]""");
        File.WriteAllText(folder["1_Pooling/config.json"], "{}");
        File.WriteAllText(folder["2_Dense/config.json"], """{"in_features": 66, "out_features": 5}""");
        File.WriteAllBytes(folder["2_Dense/pytorch_model.bin"], PickleWriter.Archive([("linear.weight", [5, 66], new float[330]), ("linear.bias", [5], new float[5])]));
        ModelInspection inspection = ModelImporter.Inspect(folder.Path);
        Assert.Empty(inspection.Problems);
        Assert.Equal(5, inspection.Spec!.Sentence!.Dimension(inspection.Spec.Hidden));
    }

    [Fact]
    public void Views_are_read_where_they_lie()
    {
        float[] stored = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        Assert.Equal([1f, 5, 9, 2, 6, 10], ReadView(stored, 1, [2, 3], [1, 4]));
        Assert.Equal([7f, 7, 7, 7], ReadView(stored, 7, [2, 2], [0, 0]));
        Assert.Equal([11f], ReadView(stored, 11, [], []));
        Assert.Equal([4f, 5, 6, 7], ReadView(stored, 4, [1, 4], [99, 1]));
        Assert.Empty(ReadView(stored, 12, [0, 3], [3, 1]));
    }

    [Theory]
    [InlineData(9, new long[] { 2, 2 }, new long[] { 2, 1 }, "element 12")]
    [InlineData(13, new long[] { 0 }, new long[] { 1 }, "offset 13")]
    [InlineData(0, new long[] { 2 }, new long[] { long.MaxValue }, "reach")]
    [InlineData(1, new long[] { 2 }, new long[] { long.MaxValue }, "overflow")]
    [InlineData(0, new long[] { long.MaxValue, 2 }, new long[] { 0, 0 }, "overflow")]
    [InlineData(0, new long[] { -1 }, new long[] { 1 }, "negative")]
    public void A_view_outside_is_refused(long offset, long[] shape, long[] strides, string word)
    {
        Problem problem = Assert.Throws<ImportException>(() => ReadView(new float[12], offset, shape, strides)).Problem;
        Assert.Equal(ProblemKinds.PickleBounds, problem.Kind);
        Assert.Contains("'w'", problem.Message, StringComparison.Ordinal);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_repeats_a_value_beyond_measure_is_refused()
    {
        Problem problem = Assert.Throws<ImportException>(() => ReadView(new float[1], 0, [1 << 15, 1 << 15], [0, 0])).Problem;
        Assert.Equal(ProblemKinds.PickleUnsupported, problem.Kind);
    }

    [Theory]
    [InlineData("other local name", "called")]
    [InlineData("overlap", "inside another entry")]
    [InlineData("twice", "twice")]
    [InlineData("encrypted", "encrypted")]
    [InlineData("big endian", "byte order")]
    [InlineData("program", "TorchScript")]
    [InlineData("two pickles", "found 2")]
    public void An_archive_that_is_not_sound_is_refused(string fault, string word)
    {
        byte[] pickle = new PickleWriter().Op('}').End();
        ZipWriter zip = new ZipWriter().Add("a/data.pkl", pickle);
        byte[] bytes = (fault switch
        {
            "other local name" => zip.Add("a/x", [1], localName: "a/y"),
            "overlap" => zip.Add("a/data.pxl", [1], at: 0),
            "twice" => zip.Add("a/data.pkl", pickle),
            "encrypted" => zip.Add("a/x", [1], flags: 1),
            "big endian" => zip.Add("a/byteorder", "big"u8.ToArray()),
            "program" => zip.Add("a/constants.pkl", pickle),
            _ => zip.Add("b/data.pkl", pickle),
        }).End();
        Problem problem = Assert.Throws<ImportException>(() => Open(bytes)).Problem;
        Assert.Contains(problem.Kind, new[] { ProblemKinds.PickleMalformed, ProblemKinds.PickleUnsupported });
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_64_bits_are_read()
    {
        byte[] pickle = new PickleWriter().Op('}').Text("w").Tensor("FloatStorage", "0", 2, 0, [2], [1]).Op('s').End();
        using Checkpoint checkpoint = Open(new ZipWriter().Add("a/data.pkl", pickle, wide: true).Add("a/data/0", [0, 0, 128, 63, 0, 0, 0, 64], wide: true).End());
        var values = new float[2];
        checkpoint.Read(checkpoint.Tensors[0], 0, values);
        Assert.Equal([1f, 2f], values);
    }

    [Fact]
    public void Every_shortening_of_an_archive_is_an_error()
    {
        byte[] bytes = PickleWriter.Archive([("w", [2], [1f, 2f])]);
        for (int length = 0; length < bytes.Length; length++) Assert.Throws<ImportException>(() => Open(bytes[..length]));
    }

    private static float[] ReadView(float[] stored, long offset, long[] shape, long[] strides)
    {
        byte[] pickle = new PickleWriter().Op('}').Text("w").Tensor("FloatStorage", "0", stored.Length, offset, shape, strides).Op('s').End();
        byte[] storage = System.Runtime.InteropServices.MemoryMarshal.AsBytes(stored.AsSpan()).ToArray();
        using Checkpoint checkpoint = Open(new ZipWriter().Add("a/data.pkl", pickle).Add("a/data/0", storage).End());
        TensorInfo tensor = Assert.Single(checkpoint.Tensors);
        var values = new float[tensor.Elements];
        checkpoint.Read(tensor, 0, values);
        return values;
    }

    private static Checkpoint Open(byte[] bytes) => PyTorchFile.Open(ByteSource.Of(new MemoryStream(bytes), "weights.bin"), new CheckpointContext(new ProblemList()));
}
