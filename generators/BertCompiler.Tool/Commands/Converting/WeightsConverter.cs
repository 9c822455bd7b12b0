using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Commands.Converting;

/// <summary>
/// Writes checkpoints as safetensors, in pieces. fp16 and bf16 stay what they are; fp64, and what was stored in fewer bits, become fp32.
/// Tensors without numbers, such as a table of position ids, are left out.
/// </summary>
/// <param name="all">Everything that is going to be written, for the progress.</param>
/// <param name="progress">Receives the part that is done, 0…1.</param>
/// <param name="cancellation">Ends the writing.</param>
internal sealed class WeightsConverter(IReadOnlyList<ICheckpoint> all, IProgress<double>? progress, CancellationToken cancellation)
{
    private const int Chunk = 1 << 16;
    private const string MetadataName = "__metadata__";

    private readonly double _total = Math.Max(1, all.Sum(c => c.Tensors.Where(c.HasNumbers).Sum(t => (double)t.Elements)));
    private readonly float[] _values = new float[Chunk];
    private double _done;

    /// <summary>Number of tensors written.</summary>
    public int Tensors { get; private set; }

    /// <summary>Writes one file.</summary>
    /// <exception cref="ImportException">The weights cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(ICheckpoint checkpoint, string path)
    {
        // Wide elements first, as the reference library orders them, so that each lies on a border of its own size.
        TensorInfo[] tensors =
        [
            .. checkpoint.Tensors.Where(checkpoint.HasNumbers)
                .OrderByDescending(t => TensorDtypes.BitsOf(StoredAs(t.Dtype))).ThenBy(t => t.Name, StringComparer.Ordinal),
        ];
        if (Array.Find(tensors, t => t.Name == MetadataName) is { } reserved)
        {
            throw new ImportException(ProblemKinds.SafeTensorsHeader, reserved.File, $"a tensor is called '{MetadataName}', which safetensors keeps for itself");
        }

        using var output = new SafeTensorsOutput(path, [.. tensors.Select(t => new TensorDeclaration(t.Name, t.Shape) { Dtype = StoredAs(t.Dtype) })], format: "pt");
        for (int i = 0; i < tensors.Length; i++) Write(checkpoint, tensors[i], output, i);
        output.Commit();
        Tensors += tensors.Length;
    }

    private void Write(ICheckpoint checkpoint, TensorInfo tensor, SafeTensorsOutput output, int number)
    {
        long elements = tensor.Elements;
        for (long first = 0; first < elements; first += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> part = _values.AsSpan(0, (int)Math.Min(Chunk, elements - first));
            checkpoint.Read(tensor, first, part);
            output.Write(number, first, part);
            _done += part.Length;
            progress?.Report(_done / _total);
        }
    }

    private static TensorDtype StoredAs(TensorDtype dtype) => dtype is TensorDtype.F16 or TensorDtype.BF16 ? dtype : TensorDtype.F32;
}
