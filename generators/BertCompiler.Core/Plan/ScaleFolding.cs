using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>
/// Attention divides its scores by √D. Where √D is a power of two (D = 4, 16, 64, 256 …), multiplying the query projection by 1/√D while
/// packing shifts exponents only: every score keeps its bits, and the division disappears. For any other D the scores are multiplied at
/// run time, as Hugging Face does, because a folded factor would round every weight. Nothing is folded either where keys are multiplied with
/// distances without a query (<see cref="RelativePositions.KeyQuery"/>): that product has to be divided too.
/// </summary>
public static class ScaleFolding
{
    /// <summary>The binary exponent to fold into the query projection; 0: nothing is folded.</summary>
    public static int Exponent(LayerSpec layer, Optimizations optimizations)
    {
        if (!optimizations.HasFlag(Optimizations.FoldScale) || layer.Relative == RelativePositions.KeyQuery) return 0;
        int headSize = layer.HeadSize;
        for (int e = 1, square = 4; square <= headSize; e++, square *= 4)
        {
            if (square == headSize) return -e;
        }

        return 0;
    }

    /// <summary>What scores are multiplied by at run time.</summary>
    public static double RunTimeScale(LayerSpec layer, Optimizations optimizations) => Exponent(layer, optimizations) != 0 ? 1.0 : 1.0 / Math.Sqrt(layer.HeadSize);
}
