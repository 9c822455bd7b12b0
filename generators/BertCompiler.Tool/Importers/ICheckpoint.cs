namespace BertCompiler.Tool.Importers;

/// <summary>
/// Named tensors in whatever format they came: what is there, and the numbers of one of them. A new format is a new implementation; names,
/// shapes and roles are no business of it.
/// </summary>
internal interface ICheckpoint : IDisposable
{
    /// <summary>What is there; every name once.</summary>
    IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>
    /// Reads elements <paramref name="first"/> … of a tensor of fp32, fp16 or bf16, in row-major order, widened to fp32 exactly. Calls from
    /// several threads do not disturb each other.
    /// </summary>
    /// <exception cref="ImportException">The file could not be read.</exception>
    void Read(TensorInfo tensor, long first, Span<float> destination);
}
