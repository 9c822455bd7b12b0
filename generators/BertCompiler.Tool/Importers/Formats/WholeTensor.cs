namespace BertCompiler.Tool.Importers.Formats;

/// <summary>
/// Holds one tensor whole, the last that was asked for: for numbers that do not lie in the order in which they are wanted. One is shared by
/// all tensors of a checkpoint, so that an import needs the memory of its largest tensor and not of all of them.
/// </summary>
internal sealed class WholeTensor
{
    private readonly Lock _lock = new();
    private object? _key;
    private float[] _values = [];

    /// <summary>Copies elements <paramref name="first"/> … of the tensor that <paramref name="key"/> stands for.</summary>
    /// <param name="key">The tensor's identity.</param>
    /// <param name="elements">Number of its elements.</param>
    /// <param name="fill">Makes all of its elements, in the order wanted; called where another tensor was held before.</param>
    /// <param name="first">The first element wanted.</param>
    /// <param name="destination">Receives the elements.</param>
    public void Read(object key, int elements, Action<Span<float>> fill, long first, Span<float> destination)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(key, _key))
            {
                _key = null;
                if (_values.Length < elements) _values = new float[elements];
                fill(_values.AsSpan(0, elements));
                _key = key;
            }

            _values.AsSpan((int)first, destination.Length).CopyTo(destination);
        }
    }
}
