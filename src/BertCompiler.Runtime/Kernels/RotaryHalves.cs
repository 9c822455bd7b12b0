namespace BertCompiler.Kernels;

/// <summary>
/// Column j turns with column j + D/2 (Hugging Face's <c>rotate_half</c>):
/// <code>y_j = x_j·cos_j − x_{j+D/2}·sin_j,  y_{j+D/2} = x_{j+D/2}·cos_j + x_j·sin_j</code>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RotaryHalves : IRotaryPairs
{
    static unsafe void IRotaryPairs.Rotate<T>(float* x, float* angles, int half, long readable)
    {
        float* second = x + half;
        for (int j = 0; j < half; j += 16)
        {
            // The last group of the last head: what lies after it may not be there to be read.
            if (half + j + 16 > readable)
            {
                Rotate(x, angles, half, j);
                return;
            }

            T sine = T.Load(angles + j);
            T cosine = T.Load(angles + half + j);
            T a = T.Load(x + j);
            T b = T.Load(second + j);
            LaneStore.First((a * cosine) - (b * sine), x + j, half - j);
            LaneStore.First((b * cosine) + (a * sine), second + j, half - j);
        }
    }

    private static unsafe void Rotate(float* x, float* angles, int half, int first)
    {
        for (int j = first; j < half; j++)
        {
            (float a, float b, float sine, float cosine) = (x[j], x[j + half], angles[j], angles[j + half]);
            x[j] = (a * cosine) - (b * sine);
            x[j + half] = (b * cosine) + (a * sine);
        }
    }
}
