namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>What a name that a pickle may ask for stands for.</summary>
internal enum PickleGlobalKind
{
    /// <summary>A value that is kept and not understood.</summary>
    Opaque,

    /// <summary>A dictionary.</summary>
    Dictionary,

    /// <summary><c>copyreg._reconstructor</c>: an object of the class that is its first argument.</summary>
    Reconstructor,

    /// <summary><c>_rebuild_tensor(storage, offset, size, stride)</c>.</summary>
    Tensor,

    /// <summary><c>_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)</c>.</summary>
    TensorV2,

    /// <summary><c>_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, metadata)</c>.</summary>
    TensorV3,

    /// <summary><c>_rebuild_parameter(tensor, …)</c>.</summary>
    Parameter,

    /// <summary><c>_rebuild_from_type_v2(function, class, arguments, state)</c>.</summary>
    FromType,

    /// <summary>A class of storages.</summary>
    Storage,

    /// <summary>An element type.</summary>
    Dtype,

    /// <summary>Data, but of a kind that is not read.</summary>
    Unsupported,
}
