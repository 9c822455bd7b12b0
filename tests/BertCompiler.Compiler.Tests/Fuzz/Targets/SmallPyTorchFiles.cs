using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Compiler.Tests.Importing.Pickle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>Small files as torch.save wrote them: archives, and the older form.</summary>
internal static class SmallPyTorchFiles
{
    private const int StorageBytes = 4096;
    private const int Storages = 40;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    /// <summary>Two archives.</summary>
    public static IEnumerable<byte[]> Archives()
    {
        var model = new TinyModel(4, 2, 1, 4);
        yield return PickleWriter.Archive([.. model.Tensors.Select(t => (t.Key, t.Value.Shape, t.Value.Values))], wrap: "state_dict");
        yield return new ZipWriter().Add("x/data.pkl", Views().End(), wide: true).Add("x/byteorder", "little"u8.ToArray()).Add("x/data/0", new byte[64]).Add("x/version", "3\n"u8.ToArray()).End();
    }

    /// <summary>Pickles alone: of the archives here, and of those of the reference data.</summary>
    public static IEnumerable<byte[]> Pickles()
    {
        foreach (byte[] file in Archives().Concat(GoldenSeeds.Find("models", "fmt_pt_bin_", "pytorch_model.bin")).Concat(GoldenSeeds.Find("models", "fmt_roberta_fairseq", "model.pt")).Concat(GoldenSeeds.Find("hostile", "pickle_", "pytorch_model.bin")))
        {
            if (PickleOf(file) is { } pickle) yield return pickle;
        }

        yield return Views().End();
    }

    /// <summary>The older form: five pickles, then the storages.</summary>
    public static byte[] Legacy()
    {
        byte[] storages = [.. BitConverter.GetBytes(8L), .. new byte[32]];
        return
        [
            .. new PickleWriter().Number(Magic).End(), .. new PickleWriter().Number(1001).End(), .. new PickleWriter().Op('}').Text("little_endian").Raw(0x88).Op('s').End(),
            .. LegacyViews(), .. new PickleWriter().Op(']').Text("0").Op('a').End(), .. storages,
        ];
    }

    /// <summary>An archive with an empty pickle behind storages of zeros under the keys 0…39.</summary>
    public static byte[] WithoutPickle()
    {
        var zip = new ZipWriter();
        for (int i = 0; i < Storages; i++) zip.Add("archive/data/" + i.ToString(CultureInfo.InvariantCulture), new byte[StorageBytes]);
        return zip.Add("archive/data.pkl", []).End();
    }

    /// <summary>Tensors that share a storage, one of them turned.</summary>
    private static PickleWriter Views() => new PickleWriter().Op('}')
        .Text("a.weight").Tensor("FloatStorage", "0", 8, 0, [2, 3], [3, 1]).Op('s')
        .Text("b.weight").Tensor("FloatStorage", "0", 8, 2, [3, 2], [1, 3]).Op('s')
        .Text("c.bias").Tensor("HalfStorage", "0", 16, 1, [], []).Op('s');

    /// <summary>The same where a storage's identity has a sixth part.</summary>
    private static byte[] LegacyViews()
    {
        PickleWriter writer = new PickleWriter().Op('}').Text("a.weight").Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        writer.Op('(').Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(8).Op('N').Op('t').Op('Q');
        return writer.Number(0).Numbers(2, 3).Numbers(3, 1).Raw(0x89).Global("collections", "OrderedDict").Raw((byte)')').Op('R').Op('t').Op('R').Op('s').End();
    }

    private static byte[]? PickleOf(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            if (archive.Entries.FirstOrDefault(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) && e.Length < 100_000) is not { } entry) return null;
            using Stream stream = entry.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (InvalidDataException)
        {
            // One of the hostile ones.
            return null;
        }
    }
}
