using BertCompiler.Core.Plan;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// The weights [N, H/groups, width] of a convolution as rows [N, width·H]: row n has at s·H + c what output n takes from column c of the token
/// s − (width−1)/2 places away; columns of other groups are 0.
/// </summary>
internal sealed class ConvolutionRows(UnfoldedConvolution convolution, TensorInfo source, SourceReader reader)
{
    private readonly int _inGroup = convolution.Source.Shape[1];
    private readonly int _outputsInGroup = convolution.Source.Shape[0] / convolution.Groups;

    /// <summary>Gives rows.</summary>
    public void Read(long firstRow, int width, Span<float> destination)
    {
        int hidden = _inGroup * convolution.Groups;
        var weights = new float[_inGroup * convolution.Width];
        destination.Clear();
        for (long row = firstRow; !destination.IsEmpty; row++)
        {
            reader.Read(source, row * weights.Length, weights);
            int firstColumn = (int)(row / _outputsInGroup) * _inGroup;
            for (int i = 0; i < weights.Length; i++)
            {
                (int column, int token) = Math.DivRem(i, convolution.Width);
                destination[(token * hidden) + firstColumn + column] = weights[i];
            }

            destination = destination[width..];
        }
    }
}
