namespace BertCompiler.Kernels;

/// <summary>
/// Column 2j turns with column 2j + 1 (Su et al. 2021, eq. 34; RoFormer):
/// <code>y_{2j} = x_{2j}·cos_j − x_{2j+1}·sin_j,  y_{2j+1} = x_{2j+1}·cos_j + x_{2j}·sin_j</code>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RotaryPairs : IRotaryPairs
{
    // One pair at a time: what models that turn neighbours lose by it is a hundredth of their products.
    static unsafe void IRotaryPairs.Rotate<T>(float* x, float* angles, int half, long readable)
    {
        for (int j = 0; j < half; j++, x += 2)
        {
            (float a, float b, float sine, float cosine) = (x[0], x[1], angles[j], angles[j + half]);
            x[0] = (a * cosine) - (b * sine);
            x[1] = (b * cosine) + (a * sine);
        }
    }
}
