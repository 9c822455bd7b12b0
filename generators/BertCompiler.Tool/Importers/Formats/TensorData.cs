namespace BertCompiler.Tool.Importers.Formats;

/// <summary>Where the numbers of one tensor lie and how they are arranged.</summary>
internal abstract class TensorData
{
    /// <summary>Reads elements <paramref name="first"/> … in row-major order of the tensor's shape, as fp32. Thread-safe.</summary>
    /// <exception cref="ImportException">The file could not be read.</exception>
    public abstract void Read(long first, Span<float> destination);
}
