using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>
/// Attention divides its scores by √D. Where √D is a power of two (D = 4, 16, 64, 256 …), multiplying the query projection by 1/√D while
/// packing shifts exponents only: every score keeps its bits, and the division disappears. For any other D the scores are multiplied at
/// run time, as Hugging Face does, because a folded factor would round every weight. Nothing is folded either where keys are multiplied with
/// distances without a query (<see cref="RelativePositions.KeyQuery"/>, DeBERTa): that product has to be divided too.
/// </summary>
public static class ScaleFolding
{
    /// <summary>The binary exponent to fold into the query projection; 0: nothing is folded.</summary>
    public static int Exponent(LayerSpec layer, PackingOptions options)
    {
        if (!options.FoldsScale || layer.Relative == RelativePositions.KeyQuery || layer.Disentangled is not null) return 0;
        int divisor = Divisor(layer);
        for (int e = 1, square = 4; square <= divisor; e++, square *= 4)
        {
            if (square == divisor) return -e;
        }

        return 0;
    }

    /// <summary>What scores are multiplied by at run time, for queries that were packed like that.</summary>
    public static double RunTimeScale(LayerSpec layer, PackedTensor queries) => queries.ScaleExponent != 0 ? 1.0 : 1.0 / Math.Sqrt(Divisor(layer));

    /// <summary>The square of what scores are divided by.</summary>
    private static int Divisor(LayerSpec layer) => checked(layer.HeadSize * layer.ScoreTerms);
}
