namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A storage that a pickle refers to; where it was (<c>cuda:0</c>) does not matter.</summary>
/// <param name="dtype">Its elements; null: bytes of no type.</param>
/// <param name="key">Its name in the file.</param>
/// <param name="elements">Number of its elements; of bytes where it has no type.</param>
internal sealed class PickleStorage(TensorDtype? dtype, string key, long elements)
{
    public TensorDtype? Dtype => dtype;

    public string Key => key;

    public long Elements { get; } = elements;

    /// <summary>Where the part begins that is meant, in elements (views of the format before PyTorch 1.6).</summary>
    public long ViewOffset { get; init; }

    /// <summary>How many elements that part has.</summary>
    public long ViewElements { get; init; } = elements;
}
