using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>A bias stored in 32-bit integers, as static quantisation leaves it: q·scale, with one scale or one for each number.</summary>
internal sealed class ScaledIntegers : TensorData
{
    private readonly OnnxTensor _values;
    private readonly float[] _scales;

    private ScaledIntegers(OnnxTensor values, float[] scales) => (_values, _scales) = (values, scales);

    /// <exception cref="ImportException">Scales do not fit, or there are zero points other than 0.</exception>
    public static ScaledIntegers Of(OnnxTensor values, OnnxTensor scale, OnnxTensor? zeroPoint)
    {
        bool fits = scale.Elements == 1 || scale.Elements == values.Elements;
        if (!fits || values.Dims.Count > 1 || (zeroPoint is not null && zeroPoint.ReadInt64s().Any(z => z != 0)))
        {
            throw new ImportException(ProblemKinds.OnnxUnsupported, values.Source.FilePath, $"{values.Source.FileName}: '{values.Name}' {values.ShapeText} is stored in 32-bit integers with scales {scale.ShapeText}; expected a vector, one scale or one for each number, and no zero point");
        }

        return new ScaledIntegers(values, scale.ReadSingles());
    }

    public override void Read(long first, Span<float> destination)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        for (int i = 0; i < destination.Length; i++)
        {
            _values.ReadBytes((first + i) * sizeof(int), bytes);
            int q = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes);
            destination[i] = q * _scales[_scales.Length == 1 ? 0 : (int)(first + i)];
        }
    }
}
