namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A name that a pickle may ask for. It is a name and stays one: there is nothing behind it to run.</summary>
/// <param name="Module">The Python module.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Dtype">The element type of a storage class or dtype.</param>
internal sealed record PickleGlobal(string Module, string Name, PickleGlobalKind Kind, TensorDtype? Dtype = null)
{
    /// <summary>As Python writes it.</summary>
    public string FullName => $"{Module}.{Name}";
}
