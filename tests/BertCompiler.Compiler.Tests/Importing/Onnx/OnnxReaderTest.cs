using System.Diagnostics;
using System.Globalization;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Importing.Onnx;

/// <summary>ONNX files are read as data: whatever way numbers are stored, whatever the order of fields, and nothing that does not fit.</summary>
public sealed class OnnxReaderTest
{
    private static readonly Dictionary<string, HostileCase> Cases = HostileCase.Read("onnx").ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => new(Cases.Keys);

    public static TheoryData<string> Folders() =>
        SharedData.Root is null ? [] : new(Directory.GetFiles(SharedData.Root, "*.onnx", SearchOption.AllDirectories).Where(f => !f.Contains("hostile", StringComparison.Ordinal)));

    [SharedTheory]
    [MemberData(nameof(Ids))]
    public void Hostile_file_ends_as_expected(string id)
    {
        HostileCase expected = Cases[id];
        string path = Path.Combine(expected.Folder, "model.onnx");
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        if (id == "onnx_not_bert")
        {
            // A sound file; that it is no encoder is seen where names are recovered.
            using OnnxGraph graph = OnnxModels.Open(path);
            Assert.Equal("Conv", Assert.Single(graph.Nodes).OpType);
        }
        else
        {
            Problem problem = OnnxModels.Refuse(path);
            Assert.True(expected.Accepts(problem.Kind.Class), problem.ToString());
            Assert.All(expected.Words, word => Assert.Contains(word, problem.Message, StringComparison.Ordinal));
            Assert.Contains("model.onnx", problem.Message, StringComparison.Ordinal);
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64L << 20);
    }

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void Real_file_opens_and_all_its_numbers_can_be_read(string path)
    {
        using OnnxGraph graph = OnnxModels.Open(path);
        Assert.NotEmpty(graph.Nodes);
        Assert.NotEmpty(graph.Outputs);
        Assert.True(graph.Opset >= 11);
        Assert.Contains(graph.Inputs, i => i.Name == "input_ids");
        Assert.Contains(graph.Initializers, t => t.Value.Dims.Count == 2);
        var last = new byte[1];
        foreach (OnnxTensor tensor in graph.Initializers.Values.Where(t => t.Bytes > 0)) tensor.ReadBytes(tensor.Bytes - 1, last);
        var computed = new HashSet<string>(graph.Inputs.Select(i => i.Name).Concat(graph.Initializers.Keys), StringComparer.Ordinal) { "" };
        foreach (Tool.Importers.Onnx.Schema.NodeProto node in graph.Nodes)
        {
            Assert.All(node.Input, i => Assert.Contains(i, computed));
            computed.UnionWith(node.Output);
        }
    }

    [SharedFact]
    public void Numbers_are_those_of_the_same_model_in_safetensors()
    {
        string golden = SharedData.Require("golden", "models");
        int compared = 0;
        foreach (string folder in new[] { "fmt_base_onnx_legacy", "fmt_base_onnx_external", "fmt_base_onnx_dynamo" })
        {
            string same = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden, folder, "case.json"))).RootElement.GetProperty("same_weights_as").GetString()!;
            using var safetensors = Tool.Importers.SafeTensors.SafeTensorsFile.Open(Path.Combine(golden, same, "model.safetensors"));
            using OnnxGraph graph = OnnxModels.Open(Path.Combine(golden, folder, "model.onnx"));
            foreach (TensorInfo tensor in safetensors.Tensors)
            {
                // Exporters put the name of a wrapper in front.
                OnnxTensor? found = graph.Initializers.Values.FirstOrDefault(t => t.Name == tensor.Name || t.Name.EndsWith("." + tensor.Name, StringComparison.Ordinal));
                if (found is null || found.Dims != tensor.Shape) continue;
                Assert.Equal(safetensors.ReadSingles(tensor), found.ReadSingles());
                compared++;
            }
        }

        Assert.True(compared > 60, $"only {compared} tensors have one name in both");
    }

    [Fact]
    public void Numbers_are_read_from_whatever_field_holds_them()
    {
        ushort[] halves = [0x3C00, 0xC000, 0x7BFF, 1];
        byte[] ones = [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)];
        byte[] doubles = [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-2.0)];
        byte[] model = new OnnxBytes()
            .Add(new WireBytes().Varint(1, 2).Varint(2, 1).Bytes(4, ones).Text(8, "packed"))
            .Add(new WireBytes().Varint(1, 2).Varint(2, 1).Fixed32(4, 1.5f).Fixed32(4, -2f).Text(8, "single"))
            .Add(new WireBytes().Bytes(9, ones).Text(8, "raw_first").Varint(2, 1).Varint(1, 2))
            .Add(new WireBytes().Packed(1, [2]).Varint(2, 11).Bytes(10, doubles).Text(8, "double"))
            .Add(new WireBytes().Packed(1, [2, 2]).Varint(2, 10).Packed(5, halves.Select(h => (long)h)).Text(8, "half"))
            .Add(new WireBytes().Packed(1, [3]).Varint(2, 3).Varint(5, -5).Packed(5, [7, -128]).Text(8, "int8"))
            .Add(new WireBytes().Packed(1, [2]).Varint(2, 7).Packed(7, [long.MinValue, 9]).Text(8, "int64"))
            .Add(new WireBytes().Packed(1, [3]).Varint(2, 22).Packed(5, [0x7F, 0x08]).Text(8, "int4"))
            .Model();
        using OnnxGraph graph = OnnxModels.Open(model);
        foreach (string name in new[] { "packed", "single", "raw_first", "double" }) Assert.Equal([1.5f, -2f], graph.Constant(name)!.ReadSingles());
        Assert.Equal([1f, -2f, 65504f, (float)BitConverter.UInt16BitsToHalf(1)], graph.Constant("half")!.ReadSingles());
        Assert.Equal([-5, 7, -128], graph.Constant("int8")!.ReadInt64s());
        Assert.Equal([long.MinValue, 9], graph.Constant("int64")!.ReadInt64s());
        Assert.Equal([-1, 7, -8], graph.Constant("int4")!.ReadInt64s());
    }

    [Fact]
    public void Varints_are_read_at_any_place()
    {
        var random = new Random(3);
        long[] values = [.. Enumerable.Range(0, 5000).Select(_ => (long)random.Next(65536))];
        byte[] model = new OnnxBytes().Add(new WireBytes().Packed(1, [5000]).Varint(2, 4).Packed(5, values[..3000]).Varint(5, values[3000]).Packed(5, values[3001..]).Text(8, "v")).Model();
        byte[] expected = [.. values.SelectMany(v => BitConverter.GetBytes((ushort)v))];
        using OnnxGraph graph = OnnxModels.Open(model);
        OnnxTensor tensor = graph.Constant("v")!;
        for (int i = 0; i < 300; i++)
        {
            int at = random.Next(expected.Length);
            var read = new byte[random.Next(Math.Min(5000, expected.Length - at + 1))];
            tensor.ReadBytes(at, read);
            Assert.Equal(expected.AsSpan(at, read.Length).ToArray(), read);
        }
    }

    [Fact]
    public void Graph_is_sorted_and_says_who_makes_and_takes_what()
    {
        byte[] value = OnnxBytes.Tensor("inside", [2], [3, 4]).ToArray();
        var bytes = new OnnxBytes().Node("Add", ["b", "alias"], "y").Node("Relu", ["x"], "a").Node("Add", ["a", "a"], "b").Node("Identity", ["w"], "alias0").Node("Identity", ["alias0"], "alias");
        bytes.Graph.Message(1, new WireBytes().Text(2, "c").Text(4, "Constant").Message(5, new WireBytes().Text(1, "value").Bytes(5, value)));
        bytes.Graph.Message(1, new WireBytes().Text(2, "f").Text(4, "Constant").Message(5, new WireBytes().Text(1, "value_float").Fixed32(2, 0.5f)));
        bytes.Graph.Message(1, new WireBytes().Text(2, "is").Text(4, "Constant").Message(5, new WireBytes().Text(1, "value_ints").Varint(8, 4).Varint(8, -1)));
        byte[] model = bytes.Add("w", [2], [1, 2]).Input("x").Input("w").Output("y").Model();
        using OnnxGraph graph = OnnxModels.Open(model);
        Assert.Equal(["a", "b", "alias0", "alias", "y"], graph.Nodes.Where(n => n.OpType != "Constant").Select(n => n.Output[0]));
        Assert.Equal("x", Assert.Single(graph.Inputs).Name);
        Assert.Equal([1f, 2f], graph.Constant("alias")!.ReadSingles());
        Assert.Null(graph.Constant("a"));
        Assert.Equal([3f, 4f], graph.Constant("c")!.ReadSingles());
        Assert.Equal([0.5f], graph.Constant("f")!.ReadSingles());
        Assert.Equal([4, -1], graph.Constant("is")!.ReadInt64s());
        Assert.Equal("b", Assert.Single(graph.ConsumersOf("a")).Output[0]);
        Assert.Equal("Relu", graph.ProducerOf("a")!.OpType);
        Assert.Equal("test", graph.Producer);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        byte[] four = [0, 0, 0, 0];
        Check(ProblemKinds.OnnxMalformed, "nowhere", b => b.Node("Relu", ["nowhere"], "y"));
        Check(ProblemKinds.OnnxMalformed, "'y'", b => b.Input("x").Node("Relu", ["x"], "y").Node("Relu", ["x"], "y"));
        Check(ProblemKinds.OnnxMalformed, "'w'", b => b.Add(OnnxBytes.Tensor("w", OnnxType.Float, [1], four).Bytes(4, four)));
        Check(ProblemKinds.OnnxMalformed, "raw_data twice", b => b.Add(OnnxBytes.Tensor("w", OnnxType.Float, [1], four).Bytes(9, four)));
        Check(ProblemKinds.OnnxBounds, "'w'", b => b.Add(new WireBytes().Text(8, "w").Varint(1, 1).Varint(2, 7).Packed(5, [1])));
        Check(ProblemKinds.OnnxBounds, "'w'", b => b.Add(new WireBytes().Text(8, "w").Varint(1, 3).Varint(2, 6).Packed(5, [1, 2])));
        Check(ProblemKinds.OnnxUnsupported, "segments", b => b.Add(new WireBytes().Text(8, "w").Bytes(3, [])));
        Check(ProblemKinds.OnnxMalformed, "memory", b => b.Graph.Bytes(1, [.. Enumerable.Repeat<byte>(0x0A, 1 << 20).SelectMany(tag => new byte[] { tag, 0 })]));
        Assert.Same(ProblemKinds.LfsPointer, OnnxModels.Refuse("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"u8.ToArray()).Kind);

        static void Check(ProblemKind kind, string word, Action<OnnxBytes> write)
        {
            var bytes = new OnnxBytes();
            write(bytes);
            Problem problem = OnnxModels.Refuse(bytes.Model());
            Assert.Same(kind, problem.Kind);
            Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void More_than_two_gigabytes_are_read_within_bounds(bool external)
    {
        const long rows = 640_000, width = 1000, bytes = rows * width * sizeof(float);
        using var folder = new TemporaryFolder();
        WireBytes head = new WireBytes().Packed(1, [rows, width]).Varint(2, 1);
        if (external)
        {
            head.Text(8, "big").Varint(14, 1).Message(13, Entry("location", "model.onnx_data")).Message(13, Entry("offset", "4096")).Message(13, Entry("length", bytes.ToString(CultureInfo.InvariantCulture)));
            Save(folder["model.onnx_data"], 4096, [], []);
            File.WriteAllBytes(folder["model.onnx"], new OnnxBytes().Add(head).Add("small", [1], [5]).Model());
        }
        else
        {
            byte[] before = head.Header(9, bytes).ToArray();
            byte[] name = new WireBytes().Text(8, "big").ToArray();
            byte[] graph = new WireBytes().Header(5, before.Length + bytes + name.Length).ToArray();
            byte[] behind = [.. name, .. new WireBytes().Message(5, OnnxBytes.Tensor("small", [1], [5])).ToArray()];
            byte[] start = [.. new WireBytes().Header(7, graph.Length + before.Length + bytes + behind.Length).ToArray(), .. graph, .. before];
            Save(folder["model.onnx"], start.Length, start, behind);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        using OnnxGraph opened = OnnxModels.Open(folder["model.onnx"]);
        OnnxTensor big = opened.Constant("big")!;
        var last = new byte[8];
        big.ReadBytes(bytes - 8, last);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0x80, 0x3F], last);
        Assert.Equal([5f], opened.Constant("small")!.ReadSingles());
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(allocated < 1 << 20, $"allocated {allocated} bytes");

        static WireBytes Entry(string key, string value) => new WireBytes().Text(1, key).Text(2, value);

        // All zeros but the last number, 1: the file takes no room on most disks.
        static void Save(string path, long offset, byte[] start, byte[] behind)
        {
            using FileStream file = File.Create(path);
            file.SetLength(offset + bytes + behind.Length);
            file.Write(start);
            file.Position = offset + bytes - sizeof(float);
            file.Write(BitConverter.GetBytes(1f));
            file.Write(behind);
        }
    }
}
