using BertCompiler.Kernels;

namespace BertCompiler;

/// <summary>The memory of one run of a model: activations by slot, and the batch. Reused from run to run; grows to the largest.</summary>
/// <remarks>Belongs to one call at a time.</remarks>
public sealed class Workspace : IDisposable
{
    private readonly List<NativeBuffer> _slots = [];

    /// <summary>Scratch of self-attention.</summary>
    public AttentionScratch Attention { get; } = new();

    /// <summary>The batch that tokenizers fill.</summary>
    internal TokenBatch Batch { get; } = new();

    /// <summary>The memory of slot <paramref name="slot"/> as <paramref name="count"/> rows of <paramref name="columns"/> floats.</summary>
    public Rows Rows(int slot, int count, int columns)
    {
        while (_slots.Count <= slot) _slots.Add(new NativeBuffer());
        return _slots[slot].Rows(count, columns);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer buffer in _slots) buffer.Dispose();
        Attention.Dispose();
    }
}
