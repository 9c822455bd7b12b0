namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A tensor as a pickle says it: a view of a storage, not checked yet.</summary>
/// <param name="storage">What should be a <see cref="PickleStorage"/>.</param>
/// <param name="offset">What should be the place of the first element.</param>
/// <param name="size">What should be a tuple of dimensions.</param>
/// <param name="stride">What should be as many distances between neighbours.</param>
/// <param name="dtype">The element type where the tensor says it and not the storage.</param>
internal sealed class PickleTensor(object? storage, object? offset, object? size, object? stride, TensorDtype? dtype = null)
{
    public object? Storage => storage;

    public object? Offset => offset;

    public object? Size => size;

    public object? Stride => stride;

    public TensorDtype? Dtype => dtype;
}
