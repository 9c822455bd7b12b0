using System.Numerics;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Importing.Pickle;

/// <summary>Pickles are read as the values they stand for, in every protocol, and nothing else comes of them.</summary>
public sealed class PickleMachineTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_protocol_gives_the_same_values(int protocol)
    {
        var map = (PickleMap)Run(Convert.FromBase64String(PickleSamples.ByProtocol[protocol]))!;
        Assert.Contains(map.Entries, e => e is { Key: "n", Value: null });
        Assert.Equal([true, false, 7L, -3L, 70000L, 1L << 40, -(BigInteger.One << 80), 1.5], new[] { "t", "f", "i", "neg", "w", "big", "huge", "d" }.Select(k => map[k]));
        Assert.Equal("Zürich \n \"q\" \\ \U0001F600", map["s"]);
        if (protocol >= 3) Assert.Equal(new byte[] { 0, 255, (byte)'a', (byte)'b' }, map["b"]);
        else Assert.Equal("_codecs.encode", ((PickleBag)map["b"]!).Of.FullName);
        foreach ((string key, int count) in new[] { ("tuple", 1), ("two", 2), ("three", 3), ("four", 4) }) Assert.Equal(Enumerable.Range(1, count).Select(i => (object)(long)i), ((PickleTuple)map[key]!).Items);
        Assert.Equal([1L, "x"], ((PickleList)map["list"]!).Items.Take(2));
        Assert.Empty(((PickleMap)((PickleMap)map["dict"]!)["a"]!).Entries);
        Assert.Equal(1L, ((PickleMap)map["od"]!)["k"]);
        var fields = (PickleMap)((PickleBag)map["ns"]!).State!;
        Assert.Equal((4L, "gelu"), (fields["heads"], fields["fn"]));
        Assert.NotNull(map["s1"]);
        Assert.Same(map["s1"], map["s2"]);
    }

    [Theory]
    [InlineData("(ios\nsystem\n.", "pickle_forbidden", "os.system")]
    [InlineData("(cos\nsystem\no.", "pickle_forbidden", "os.system")]
    [InlineData("cbuiltins\ngetattr\n.", "pickle_forbidden", "builtins.getattr")]
    [InlineData("ctorch\nload\n.", "pickle_forbidden", "torch.load")]
    [InlineData("ctorch\n_utils._rebuild_tensor_v2\n.", "pickle_forbidden", "_rebuild_tensor_v2")]
    [InlineData("\u0082\u0001.", "pickle_forbidden", "extensions")]
    [InlineData("ctorch\nQUInt8Storage\n.", "pickle_unsupported", "torch.QUInt8Storage")]
    [InlineData("", "pickle_malformed", "ends after 0 bytes")]
    [InlineData(".", "pickle_malformed", "stack is empty")]
    [InlineData("t.", "pickle_malformed", "mark")]
    [InlineData("K\u0001(\u0085.", "pickle_malformed", "stack is empty")]
    [InlineData("\u0080\u0006N.", "pickle_malformed", "protocol is 6")]
    [InlineData("Pabc\n.", "pickle_malformed", "persistent id")]
    [InlineData("NQ.", "pickle_malformed", "persistent id")]
    [InlineData("\u0097.", "pickle_malformed", "buffers")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fN.", "pickle_malformed", "announced")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "pickle_malformed", "announced")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff.", "pickle_malformed", "-1 bytes")]
    [InlineData("]Nb.", "pickle_malformed", "state of a list")]
    [InlineData("}(Nu.", "pickle_malformed", "no value")]
    [InlineData("}Na.", "pickle_malformed", "appended to a dictionary")]
    [InlineData("]NNs.", "pickle_malformed", "set in a list")]
    [InlineData("K\u0001)R.", "pickle_malformed", "called that is a number")]
    [InlineData("ctorch\nFloatStorage\n)R.", "pickle_malformed", "torch.FloatStorage")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "pickle_malformed", "_rebuild_tensor_v2")]
    [InlineData("X\u0001\u0000\u0000\u0000\u00ff.", "pickle_malformed", "UTF-8")]
    [InlineData("S'\\x4'\n.", "pickle_malformed", "escape")]
    [InlineData("Ix\n.", "pickle_malformed", "number")]
    [InlineData("g-1\n.", "pickle_malformed", "remembered")]
    public void Fault_is_named(string pickle, string problemClass, string word)
    {
        Problem problem = Assert.Throws<ImportException>(() => Run([.. pickle.Select(c => (byte)c)])).Problem;
        Assert.Equal(problemClass, problem.Kind.Class);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("weights.bin: data.pkl", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing recurses: 100,000 lists in each other, and one that is in itself.</summary>
    [Fact]
    public void Depth_does_not_matter()
    {
        const int depth = 100_000;
        byte[] nested = [.. Enumerable.Repeat((byte)']', depth), .. Enumerable.Repeat((byte)'a', depth - 1), (byte)'.'];
        Assert.IsType<PickleList>(Run(nested));
        var self = (PickleList)Run([(byte)']', (byte)'2', (byte)'a', (byte)'.'])!;
        Assert.Same(self, Assert.Single(self.Items));
    }

    [Fact]
    public void Memory_is_bounded_by_the_budget()
    {
        byte[] many = [.. Enumerable.Repeat((byte)'N', 1000), (byte)'.'];
        Assert.Null(Run(many));
        Problem problem = Assert.Throws<ImportException>(() => Run(many, 10_000)).Problem;
        Assert.Equal(ProblemKinds.PickleMalformed, problem.Kind);
    }

    private static object? Run(byte[] pickle, long budget = ImportBudget.Default)
    {
        using ByteSource source = ByteSource.Of(new MemoryStream(pickle), "weights.bin");
        var context = new CheckpointContext(new ProblemList()) { Budget = new ImportBudget(budget) };
        return PickleMachine.Run(new PickleInput(source, 0, pickle.Length, "data.pkl", ProblemKinds.PickleMalformed, context), new Dictionary<string, PickleStorage>());
    }
}
