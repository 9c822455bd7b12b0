using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Embeddings as bytes and bits: every number of <c>quantize.safetensors</c> exactly, but for those that lie on a step's border.</summary>
internal sealed class QuantizationVerifier : IFolderVerifier
{
    private const string Kind = "quantised embeddings";
    private const string FileName = "quantize.safetensors";

    /// <inheritdoc/>
    public bool Recognises(string folder) => TaskFolder.TaskOf(folder) == "quantize-embeddings" && File.Exists(Path.Combine(folder, FileName));

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation) => TaskReport.Run(folder, Kind, report =>
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(Path.Combine(folder, FileName));
        float[] embeddings = file.Singles("embeddings");
        int width = (int)file.Find("embeddings")!.Shape[1];
        float[] known = file.Singles("ranges");
        (string Name, EmbeddingRanges Ranges)[] all =
        [
            ("self", EmbeddingRanges.OfSample(embeddings, width)),
            ("calibration", EmbeddingRanges.OfSample(file.Singles("calibration"), width)),
            ("ranges", new EmbeddingRanges(known.AsSpan(0, width), known.AsSpan(width))),
        ];
        foreach ((string name, EmbeddingRanges ranges) in all) CompareBytes(file, name, ranges, embeddings, report);
        foreach (int bits in (int[])[16, 20, 5]) CompareBits(file, bits, embeddings, width, report);
        return report.Finish($"{embeddings.Length / width} embeddings of {width} numbers, 12 forms");
    });

    private static void CompareBytes(SafeTensorsFile file, string name, EmbeddingRanges ranges, float[] embeddings, TaskReport report)
    {
        var bytes = new byte[embeddings.Length];
        var signed = new sbyte[embeddings.Length];
        ranges.Quantize(embeddings, bytes);
        ranges.Quantize(embeddings, signed);
        byte[] near = file.Bytes($"uint8.{name}.near_boundary");
        byte[] expected = file.Bytes("uint8." + name);
        byte[] expectedSigned = file.Bytes("int8." + name);
        for (int i = 0; i < bytes.Length; i++)
        {
            int at = i;
            report.Check($"uint8.{name}[{i}]", Math.Abs(expected[i] - bytes[i]) <= near[i], () => $"{expected[at]} was expected, {bytes[at]} found");
            report.Check($"int8.{name}[{i}]", Math.Abs((sbyte)expectedSigned[i] - signed[i]) <= near[i], () => $"{(sbyte)expectedSigned[at]} was expected, {signed[at]} found");
        }
    }

    private static void CompareBits(SafeTensorsFile file, int bits, float[] embeddings, int width, TaskReport report)
    {
        float[] cut = [.. embeddings.Where((_, i) => i % width < bits)];
        var bytes = new byte[cut.Length / bits * BinaryEmbedding.BytesFor(bits)];
        var signed = new sbyte[bytes.Length];
        BinaryEmbedding.Pack(cut, bits, bytes);
        BinaryEmbedding.Pack(cut, bits, signed);
        report.Check($"ubinary.{bits}", bytes.AsSpan().SequenceEqual(file.Bytes($"ubinary.{bits}")), () => "other bits");
        report.Check($"binary.{bits}", signed.Select(b => (byte)b).SequenceEqual(file.Bytes($"binary.{bits}")), () => "other bits");
    }
}
