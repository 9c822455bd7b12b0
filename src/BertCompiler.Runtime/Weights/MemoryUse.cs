namespace BertCompiler.Weights;

/// <summary>One reader of packed memory, from <see cref="PackedMemory.TryEnter"/> on.</summary>
internal readonly ref struct MemoryUse
{
    private readonly PackedMemory _memory;

    private MemoryUse(PackedMemory memory) => _memory = memory;

    /// <summary>Begins to read on behalf of <paramref name="owner"/>.</summary>
    /// <exception cref="ObjectDisposedException">The owner's memory was closed.</exception>
    public static MemoryUse Of(PackedMemory memory, object owner)
    {
        ObjectDisposedException.ThrowIf(!memory.TryEnter(), owner);
        return new(memory);
    }

    /// <summary>Ends reading.</summary>
    public void Dispose() => _memory.Leave();
}
