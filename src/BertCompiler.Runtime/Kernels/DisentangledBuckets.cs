namespace BertCompiler.Kernels;

/// <summary>
/// The bucket of a distance δ = query − key in DeBERTa-v2 (He et al. 2021; <c>make_log_bucket_position</c>), m = buckets/2, M the greatest distance:
/// <code>|δ| ≤ m: δ,  else sign(δ)·(⌈ln(|δ|/m)/ln((M−1)/m)·(m−1)⌉ + m)</code>
/// Each operation is rounded to fp32 there, and here.
/// </summary>
internal static class DisentangledBuckets
{
    /// <summary>The bucket.</summary>
    /// <param name="distance">δ.</param>
    /// <param name="buckets">Number of buckets in a direction; 0: each distance is its own.</param>
    /// <param name="maxDistance">M.</param>
    public static int BucketOf(int distance, int buckets, int maxDistance)
    {
        int middle = buckets / 2;
        int size = Math.Abs(distance);
        if (buckets == 0 || size <= middle) return distance;
        float octaves = Log((float)size / middle) / Log((float)((maxDistance - 1.0) / middle));
        return Math.Sign(distance) * ((int)MathF.Ceiling(octaves * (middle - 1)) + middle);
    }

    // In float64 first: the C libraries' logf differ in the last bit.
    private static float Log(float x) => (float)Math.Log(x);
}
