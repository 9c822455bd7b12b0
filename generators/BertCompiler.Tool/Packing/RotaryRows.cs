using BertCompiler.Core.Plan;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// Rows of sines, then cosines, for rotary positions. In fp32 each step is rounded as PyTorch rounds it (transformers, <c>modeling_rope_utils.py</c>):
/// exponent 2j/D, power, reciprocal, angle, function. On long texts exact angles would differ from PyTorch's by more than a result may.
/// </summary>
internal static class RotaryRows
{
    /// <summary>Fills whole rows of <paramref name="columns"/> numbers, row <paramref name="firstRow"/> first.</summary>
    public static void Fill(RotaryAngles angles, int firstRow, int columns, Span<float> rows)
    {
        int pairs = columns / 2;
        for (int start = 0, position = firstRow; start < rows.Length; start += columns, position++)
        {
            for (int j = 0; j < pairs; j++)
            {
                double angle = angles.IsFloat64 ? position / Math.Pow(angles.Base, 2.0 * j / columns) : position * Frequency(angles.Base, j, columns);
                (double sin, double cos) = Math.SinCos(angle);
                (rows[start + j], rows[start + pairs + j]) = ((float)sin, (float)cos);
            }
        }
    }

    private static float Frequency(double theta, int pair, int columns)
    {
        float exponent = (float)(2 * pair) / columns;
        return 1f / (float)Math.Pow(theta, exponent);
    }
}
