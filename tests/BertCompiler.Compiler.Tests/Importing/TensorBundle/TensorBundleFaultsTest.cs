using System.Diagnostics;
using System.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.TensorBundle;

namespace BertCompiler.Compiler.Tests.Importing.TensorBundle;

/// <summary>TensorFlow checkpoints that are not sound: one clear error, soon, without believing a number.</summary>
public sealed class TensorBundleFaultsTest
{
    private const string Variable = "bert/pooler/dense/bias";
    private const long MostExtraBytes = 64L << 20;

    private static readonly Dictionary<string, HostileCase> Cases = HostileCase.Read().Where(c => c.Input == "tf1").ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => new(Cases.Keys);

    [SharedTheory]
    [MemberData(nameof(Ids))]
    public void Hostile_checkpoint_is_refused_by_reader_and_import(string id)
    {
        HostileCase expected = Cases[id];
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        Problem problem = Assert.Throws<ImportException>(() => TensorBundleTest.Open(expected.Folder)).Problem;
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostExtraBytes);
        Check(expected, problem);
        using var output = new TemporaryFolder();
        Check(expected, Assert.Single(ModelImporter.Import(expected.Folder, new ImportTarget(output.Path, "m")).Problems));
        Assert.Empty(Directory.GetFiles(output.Path));
    }

    [Theory]
    [InlineData("crc", "tf_checksum")]
    [InlineData("negative", "tf_bounds")]
    [InlineData("overflow", "tf_bounds")]
    [InlineData("offset", "tf_bounds")]
    [InlineData("end", "tf_bounds")]
    [InlineData("shard", "tf_malformed")]
    [InlineData("rank", "tf_malformed")]
    [InlineData("slices", "tf_malformed")]
    [InlineData("type", "tf_dtype")]
    public void What_the_index_says_of_a_variable_must_fit(string fault, string expected)
    {
        var writer = new BundleWriter();
        writer.Add(Variable, [4], [1, 2, 3, 4]);
        BundleEntryProto entry = writer[Variable];
        Action spoil = fault switch
        {
            "crc" => () => entry.Crc32C ^= 0x8000,
            "negative" => () => (entry.Shape.Dim[0].Size, entry.Size) = (-4, -16),
            "overflow" => () => entry.Shape.Dim.Add(Enumerable.Repeat(new ShapeProto.Types.Dim { Size = 1L << 62 }, 5)),
            "offset" => () => entry.Offset = -1,
            "end" => () => entry.Offset = long.MaxValue,
            "shard" => () => entry.ShardId = 1,
            "rank" => () => entry.Shape.UnknownRank = true,
            "slices" => () => entry.Slices.Add(Google.Protobuf.ByteString.Empty),
            _ => () => entry.Dtype = 3,
        };
        spoil();
        Problem problem = Refuse(writer);
        Assert.Equal(expected, problem.Kind.Class);
        Assert.Contains(Variable, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_may_not_lie_over_one_another()
    {
        var writer = new BundleWriter();
        writer.Add(Variable, [4], [1, 2, 3, 4]);
        writer.Add("bert/x/bias", [1], [1]);
        writer["bert/x/bias"].Offset = 12;
        writer["bert/x/bias"].Crc32C = Crc32C.Mask(Crc32C.Append(0, BitConverter.GetBytes(4f)));
        Assert.Equal(ProblemKinds.TensorBundleBounds, Refuse(writer).Kind);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1001, 0)]
    [InlineData(1, 1)]
    public void Header_must_be_one_that_is_read(int shards, int endianness)
    {
        var writer = new BundleWriter();
        writer.Add(Variable, [1], [1]);
        (writer.Header.NumShards, writer.Header.Endianness) = (shards, endianness);
        Assert.Equal(ProblemKinds.TensorBundleMalformed, Refuse(writer).Kind);
    }

    /// <summary>Blocks that many places name would be read as many times: the square of the file's length.</summary>
    [Fact]
    public void A_block_is_read_once()
    {
        var writer = new BundleWriter();
        writer.Add(Variable, [1], [1]);
        byte[] entries = writer.Entries();
        using ByteSource source = ByteSource.Of(new MemoryStream(writer.Index(entries, entries)), "x.index");
        Problem twice = Assert.Throws<ImportException>(() => BundleIndex.Read(source, new CheckpointContext(new ProblemList()))).Problem;
        Assert.Contains("keys", twice.Message, StringComparison.Ordinal);
    }

    /// <summary>Each entry of five bytes stands for a key of 4,000, so a megabyte would become a gigabyte of names.</summary>
    [Fact]
    public void Long_shared_names_are_bounded()
    {
        var block = new MemoryStream();
        byte[] header = [0, 0, 2, 8, 1];
        block.Write(header);
        block.Write([0, 0xA0, 0x1F, 0]);
        block.Write(Encoding.ASCII.GetBytes(new string('a', 4000)));
        for (int i = 1; i < 200_000; i++) block.Write([0x9D, 0x1F, 3, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);
        block.Write([0, 0, 0, 0, 1, 0, 0, 0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ByteSource source = ByteSource.Of(new MemoryStream(new BundleWriter().Index(block.ToArray())), "x.index");
        Assert.Throws<ImportException>(() => BundleIndex.Read(source, new CheckpointContext(new ProblemList())));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostExtraBytes + (16 * block.Length));
    }

    private static Problem Refuse(BundleWriter writer)
    {
        using var folder = new TemporaryFolder();
        writer.Save(folder.Path);
        return Assert.Throws<ImportException>(() => TensorBundleTest.Open(folder.Path)).Problem;
    }

    private static void Check(HostileCase expected, Problem problem)
    {
        Assert.True(expected.Accepts(problem.Kind.Class), $"expected {expected.Class}, found: {problem}");
        foreach (string word in expected.Words) Assert.Contains(word, problem.ToString(), StringComparison.Ordinal);
    }
}
