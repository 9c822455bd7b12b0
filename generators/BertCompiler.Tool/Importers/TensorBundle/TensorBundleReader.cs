using System.Globalization;
using BertCompiler.Core;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>The variables of an index, held against the data files: what is kept lies inside them, and nothing lies over another.</summary>
internal sealed class TensorBundleReader : IDisposable
{
    private readonly ByteSource _source;
    private readonly CheckpointContext _context;
    private readonly BundleIndex _index;
    private readonly Dictionary<int, ByteSource> _shards = [];
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);
    private readonly List<(TensorInfo Tensor, TensorData? Data)> _all = [];
    private readonly List<BundleEntry> _kept = [];
    private readonly WholeTensor _whole = new();

    private TensorBundleReader(ByteSource source, CheckpointContext context, BundleIndex index) => (_source, _context, _index) = (source, context, index);

    /// <summary>Reads a checkpoint's index and checks what it says; the numbers too, where they will be read.</summary>
    /// <param name="source">The index.</param>
    /// <param name="context">What the reader may use.</param>
    /// <exception cref="ImportException">Not sound.</exception>
    public static ICheckpoint Read(ByteSource source, CheckpointContext context)
    {
        var reader = new TensorBundleReader(source, context, BundleIndex.Read(source, context));
        try
        {
            return reader.Read();
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Closes the data files.</summary>
    public void Dispose()
    {
        foreach (ByteSource shard in _shards.Values) shard.Dispose();
    }

    private Checkpoint Read()
    {
        foreach (BundleEntry entry in _index.Entries)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            if (!BertVariables.IsTraining(entry.Name)) Keep(entry);
        }

        _kept.Sort((a, b) => (a.Shard, a.Offset, a.Bytes).CompareTo((b.Shard, b.Offset, b.Bytes)));
        RefuseOverlaps();
        if (_context.ReadsNumbers) new PayloadChecksums(_context, _shards).Check(_kept);
        string folder = Path.GetDirectoryName(_source.FilePath) ?? "";
        return new Checkpoint(_all, BertConfigFile.ReadFacts(folder, _tensors), [.. _shards.Values]);
    }

    private void Keep(BundleEntry entry)
    {
        BertVariable? known = BertVariables.Find(entry.Name);
        if (BundleTypes.WeightOf(entry.Type) is not { } dtype)
        {
            if (known is null) return;
            throw Fault(ProblemKinds.TensorBundleDtype, $"'{entry.Name}' holds {BundleTypes.NameOf(entry.Type)}; weights must be DT_FLOAT, DT_HALF, DT_BFLOAT16 or DT_DOUBLE");
        }

        long elements = CountElements(entry, dtype);
        ByteSource shard = Shard(entry);
        if (entry.Offset < 0 || entry.Offset > shard.Length - entry.Bytes)
        {
            throw new ImportException(ProblemKinds.TensorBundleBounds, shard.FilePath, $"{shard.FileName} has {shard.Length} bytes; '{entry.Name}' {entry.ShapeText} should have {entry.Bytes} of them from byte {entry.Offset} on");
        }

        bool turned = known is { IsKernel: true } && entry.Shape.Count == 2;
        if (turned && elements > Array.MaxLength) throw Fault(ProblemKinds.TensorBundleBounds, $"'{entry.Name}' {entry.ShapeText} is too large to be transposed");
        var tensor = new TensorInfo
        {
            Name = known?.Name ?? entry.Name,
            Dtype = dtype,
            Shape = turned ? new EquatableArray<long>([entry.Shape[1], entry.Shape[0]]) : entry.Shape,
            File = shard.FilePath,
            Offset = entry.Offset,
            Bytes = entry.Bytes,
        };
        if (!_tensors.TryAdd(tensor.Name, tensor)) throw Fault(ProblemKinds.TensorBundleMalformed, $"'{entry.Name}' and another variable are both '{tensor.Name}'");
        TensorData data = turned
            ? StridedData.Transposed(shard, dtype, entry.Offset, tensor.Shape[0], tensor.Shape[1], _whole)
            : new PlainData(shard, dtype, entry.Offset);
        _all.Add((tensor, data));
        _kept.Add(entry);
    }

    private long CountElements(BundleEntry entry, TensorDtype dtype)
    {
        Int128 elements = 1;
        foreach (long dimension in entry.Shape)
        {
            if (dimension < 0) throw Fault(ProblemKinds.TensorBundleBounds, $"'{entry.Name}' has the shape {entry.ShapeText}; dimensions cannot be negative");
            elements *= dimension;
            if (elements > long.MaxValue) throw Fault(ProblemKinds.TensorBundleBounds, $"'{entry.Name}' has the shape {entry.ShapeText}; no file can hold that");
        }

        int size = TensorDtypes.BitsOf(dtype) / 8;
        if (elements * size == entry.Bytes) return (long)elements;
        throw Fault(ProblemKinds.TensorBundleBounds, $"'{entry.Name}' has {entry.Bytes} bytes; its shape {entry.ShapeText} of {TensorDtypes.NameOf(dtype)} takes {elements * size}");
    }

    private ByteSource Shard(BundleEntry entry)
    {
        if (_shards.TryGetValue(entry.Shard, out ByteSource? shard)) return shard;
        string stem = Path.GetFileNameWithoutExtension(_source.FileName);
        string name = string.Create(CultureInfo.InvariantCulture, $"{stem}.data-{entry.Shard:D5}-of-{_index.Shards:D5}");
        shard = CheckpointContext.OpenBeside(_source, name, $"'{entry.Name}'");
        _shards.Add(entry.Shard, shard);
        ModelFile.RefuseLfsPointer(shard.ReadBeginning(64), shard.FilePath);
        return shard;
    }

    /// <summary>TensorFlow writes one tensor behind the other. Checking then takes no longer than the file is.</summary>
    private void RefuseOverlaps()
    {
        for (int i = 1; i < _kept.Count; i++)
        {
            (BundleEntry before, BundleEntry entry) = (_kept[i - 1], _kept[i]);
            if (before.Shard != entry.Shard || entry.Offset >= before.Offset + before.Bytes) continue;
            throw Fault(ProblemKinds.TensorBundleBounds, $"'{entry.Name}' begins at byte {entry.Offset}, inside '{before.Name}', which ends at {before.Offset + before.Bytes}");
        }
    }

    private ImportException Fault(ProblemKind kind, string what) => new(kind, _source.FilePath, $"{_source.FileName}: {what}");
}
