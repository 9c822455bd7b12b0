using System.Runtime.Intrinsics;
using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Kernels;

/// <summary>The multiply-add of CPUs that have none has the bits of the instruction: where rounding twice goes wrong, at both ends of the numbers, and everywhere else.</summary>
public sealed unsafe class SoftwareFmaTest
{
    private static readonly float[] _special =
    [
        0f, -0f, 1f, -1f, 3f, float.Epsilon, -float.Epsilon, 2 * float.Epsilon, 3 * float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, -1.17549435e-38f, 2.3509887e-38f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1f + 1.1920929e-7f, 1f - 5.9604645e-8f, 16777215f, 16777216f, 33554430f,
        5.9604645e-8f, 2.9802322e-8f, 1.0842022e-19f, 8.6736174e-19f, 9.223372e18f, 1.8446743e19f, 7.888609e-31f, 1.4e-22f, 3.7e-23f, 0.1f, -0.3f,
    ];

    [Fact]
    public void Special_values()
    {
        foreach (float a in _special)
        {
            foreach (float b in _special)
            {
                foreach (float c in _special) Check(a, b, c);
            }
        }
    }

    [Fact]
    public void Any_bits()
    {
        var random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) Check(Any(random), Any(random), Any(random));
    }

    /// <summary>a·b is half a unit of c's last digit, and 2⁻³⁶ of it more or 2⁻³³ less: in float64 the sum is on the border, in truth beside it.</summary>
    [Fact]
    public void Products_just_beside_half_a_digit()
    {
        var random = new Random(2);
        for (int i = 0; i < 200_000; i++)
        {
            float c = random.Next(1 << 23, 1 << 24) * Sign(random);
            (float a, float b) = JustBesideOne(random);
            int shift = random.Next(-30, 30);
            float scale = MathF.ScaleB(1f, random.Next(-40, 40));
            CheckBorder(MathF.ScaleB(a, shift) * scale, MathF.ScaleB(b, -1 - shift) * Sign(random), c * scale);
        }
    }

    /// <summary>a·b has 25 digits, so it lies between two floats, and c is so small that float64 loses it.</summary>
    [Fact]
    public void Products_between_two_floats_and_a_little_more()
    {
        var random = new Random(3);
        for (int i = 0; i < 200_000; i++)
        {
            int factor = random.Next(1 << 11, 1 << 12) | 1;
            float b = (random.Next((1 << 24) / factor, (1 << 25) / factor) + 1) | 1;
            if (factor * b is <= 1 << 24 or >= 1 << 25) continue;
            CheckBorder(factor, b * Sign(random), MathF.ScaleB(random.Next(1, 1 << 24), random.Next(-149, -60)) * Sign(random));
        }
    }

    /// <summary>The same where the result has fewer digits than a float: below 2⁻¹²⁶ a digit is 2⁻¹⁴⁹.</summary>
    [Fact]
    public void Products_just_beside_half_the_smallest_digit()
    {
        var random = new Random(4);
        int wrong = 0;
        for (int i = 0; i < 200_000; i++)
        {
            float c = BitConverter.Int32BitsToSingle(random.Next(1, 1 << 23)) * Sign(random);
            (float a, float b) = JustBesideOne(random);
            a = MathF.ScaleB(a, -75);
            b = MathF.ScaleB(b, -75) * Sign(random);
            Check(a, b, c);
            if ((float)(((double)a * b) + c) != MathF.FusedMultiplyAdd(a, b, c)) wrong++;
        }

        Assert.True(wrong > 10_000, $"two roundings go wrong {wrong} times: the test tries nothing");
    }

    [Fact]
    public void Results_below_the_normal_numbers()
    {
        var random = new Random(5);
        for (int i = 0; i < 500_000; i++)
        {
            float a = MathF.ScaleB(Few(random, random.Next(1, 25)), random.Next(-100, -60));
            float b = MathF.ScaleB(Few(random, random.Next(1, 25)), random.Next(-100, -60));
            Check(a, b, random.Next(4) == 0 ? 0f : BitConverter.Int32BitsToSingle(random.Next(0x01000000)) * Sign(random));
        }
    }

    /// <summary>Sums that cancel, in part or wholly: c is −(a·b) rounded, or nearly.</summary>
    [Fact]
    public void Cancellation()
    {
        var random = new Random(6);
        for (int i = 0; i < 500_000; i++)
        {
            float a = Few(random, 24);
            float b = Few(random, 24);
            float c = -(a * b);
            Check(a, b, c);
            Check(a, b, MathF.BitIncrement(c));
        }
    }

    private static void CheckBorder(float a, float b, float c)
    {
        double sum = ((double)a * b) + c;
        Assert.Equal(0x1000_0000, BitConverter.DoubleToInt64Bits(sum) & 0x1FFF_FFFF);
        Check(a, b, c);
    }

    private static void Check(float a, float b, float c)
    {
        float expected = MathF.FusedMultiplyAdd(a, b, c);
        Same(expected, SoftwareFma.Exact(a, b, c), a, b, c);

        // One of sixteen lanes is the case, the others are plain numbers, or all are it.
        float* lanes = stackalloc float[16];
        Lanes128.Store(Lanes128.FmaInSoftware(Lanes128.Broadcast(a), Lanes128.Broadcast(b), Lanes128.Broadcast(c)), lanes);
        for (int i = 0; i < 16; i += 5) Same(expected, lanes[i], a, b, c);
        Vector128<int> doubtful = default;
        Vector128<float> fast = SoftwareFma.Fast(Vector128.Create(a, 1f, a, 2f), Vector128.Create(b, 2f, b, 3f), Vector128.Create(c, 4f, c, 5f), ref doubtful);
        for (int i = 0; i < 4; i += 2)
        {
            if (doubtful[i] == 0) Same(expected, fast[i], a, b, c);
        }

        Assert.Equal((0, 6f, 0, 11f), (doubtful[1], fast[1], doubtful[3], fast[3]));
    }

    // A NaN is a NaN: which one, the instruction does not promise either.
    private static void Same(float expected, float actual, float a, float b, float c)
    {
        bool same = BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual) || (float.IsNaN(expected) && float.IsNaN(actual));
        if (!same) Assert.Fail($"{a:R} · {b:R} + {c:R}: expected {expected:R}, got {actual:R}");
    }

    private static float Any(Random random) => BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32));

    private static float Few(Random random, int digits) => random.Next(1, 1 << digits) * Sign(random);

    private static float Sign(Random random) => random.Next(2) == 0 ? 1f : -1f;

    /// <summary>Two floats whose product is 1 + 2⁻³⁶ or 1 − 2⁻³³.</summary>
    private static (float A, float B) JustBesideOne(Random random) =>
        random.Next(2) == 0 ? (1f + MathF.ScaleB(1f, -12), 1f - MathF.ScaleB(1f, -12) + MathF.ScaleB(1f, -24)) : (1f - MathF.ScaleB(1f, -11), 1f + MathF.ScaleB(1f, -11) + MathF.ScaleB(1f, -22));
}
