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

    /// <summary>Numbers of few digits, whose sums lie on borders between floats often, and just beside them with a tiny third term.</summary>
    [Fact]
    public void Borders_between_floats()
    {
        var random = new Random(2);
        int borders = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            // a·b has its last bit just below the last of c, or far below: the sum rounds to the border, the exact value is beside it.
            float c = Few(random, 24) * MathF.ScaleB(1f, random.Next(-20, 20));
            float a = Few(random, random.Next(1, 25));
            float b = Few(random, random.Next(1, 25)) * MathF.ScaleB(1f, Exponent(c) - random.Next(20, 60) - Exponent(a));
            Check(a, b, c);
            double sum = ((double)a * b) + c;
            if ((BitConverter.DoubleToInt64Bits(sum) & 0x1FFF_FFFF) == 0x1000_0000) borders++;
        }

        Assert.True(borders > 1000, $"{borders} sums on a border: the test tries nothing");
    }

    [Fact]
    public void Results_below_the_normal_numbers()
    {
        var random = new Random(3);
        for (int i = 0; i < 1_000_000; i++)
        {
            float a = Few(random, random.Next(1, 25)) * MathF.ScaleB(1f, random.Next(-100, -60));
            float b = Few(random, random.Next(1, 25)) * MathF.ScaleB(1f, random.Next(-100, -60));
            float c = random.Next(4) == 0 ? 0f : BitConverter.Int32BitsToSingle((random.Next(2) << 31) | random.Next(0x01000000));
            Check(a, b, c);
        }
    }

    /// <summary>Sums that cancel, in part or wholly: c is −(a·b) rounded, or nearly.</summary>
    [Fact]
    public void Cancellation()
    {
        var random = new Random(4);
        for (int i = 0; i < 500_000; i++)
        {
            float a = Few(random, 24);
            float b = Few(random, 24);
            float c = -(a * b);
            Check(a, b, c);
            Check(a, b, MathF.BitIncrement(c));
        }
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

    private static float Few(Random random, int digits) => random.Next(1, 1 << digits) * (random.Next(2) == 0 ? 1f : -1f);

    private static int Exponent(float x) => (int)MathF.Floor(MathF.Log2(MathF.Abs(x)));
}
