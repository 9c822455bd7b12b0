using BertCompiler.Tool.Importers;
using Xunit.Sdk;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>Reads what is read of a checkpoint that was opened: the first and the last numbers of every tensor of floats.</summary>
internal static class CheckpointUse
{
    private const int Count = 8;
    private const int MostTensors = 400;

    /// <exception cref="ImportException">The numbers cannot be read.</exception>
    public static void ReadEnds(ICheckpoint checkpoint)
    {
        Span<float> numbers = stackalloc float[Count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        int read = 0;
        foreach (TensorInfo tensor in checkpoint.Tensors)
        {
            if (!names.Add(tensor.Name)) throw new XunitException($"the name '{tensor.Name}' stands twice");
            long elements = tensor.Elements;
            if (elements < 0 || tensor.Bytes < 0) throw new XunitException($"'{tensor.Name}' {tensor.ShapeText} has {elements} elements");
            if (!TensorDtypes.IsWeight(tensor.Dtype) || elements == 0 || read++ == MostTensors) continue;
            Span<float> some = numbers[..(int)Math.Min(Count, elements)];
            checkpoint.Read(tensor, 0, some);
            checkpoint.Read(tensor, elements - some.Length, some);
        }
    }
}
