using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// Named tensors in whatever format they came: what is there, and the numbers of one of them.
/// </summary>
internal interface ICheckpoint : IDisposable
{
    /// <summary>What is there; every name once.</summary>
    IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>What the checkpoint says about its model beside the tensors.</summary>
    CheckpointFacts Facts { get; }

    /// <summary>Whether a tensor's numbers can be read as fp32: those of a buffer of integers cannot.</summary>
    bool HasNumbers(TensorInfo tensor) => TensorDtypes.IsWeight(tensor.Dtype);

    /// <summary>
    /// Reads elements <paramref name="first"/> … of a tensor of floats, in row-major order, as fp32. Calls from several threads do not disturb
    /// each other.
    /// </summary>
    /// <exception cref="ImportException">The file could not be read.</exception>
    void Read(TensorInfo tensor, long first, Span<float> destination);
}
