using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>Writing to places that have no room for whole groups of sixteen.</summary>
internal static unsafe class LaneStore
{
    /// <summary>Writes the first <paramref name="count"/> lanes, at most 16, and nothing behind them.</summary>
    [SkipLocalsInit]
    public static void First<T>(T value, float* destination, int count) where T : struct, ILanes<T>
    {
        if (count >= 16)
        {
            T.Store(value, destination);
            return;
        }

        float* lanes = stackalloc float[16];
        T.Store(value, lanes);
        for (int i = 0; i < count; i++) destination[i] = lanes[i];
    }
}
