using BertCompiler.Tasks;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>The elementary functions against those of the C library, whose error is below one unit in the last place.</summary>
public sealed class RealMathTest
{
    private static IEnumerable<double> Values(double from, double to)
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) yield return from + ((to - from) * random.NextDouble());
    }

    [Fact]
    public void Exp_is_right_to_a_few_units()
    {
        foreach (double x in Values(-708, 709).Concat(Values(-1, 1)).Concat([0, -708, 709])) Assert.InRange(RealMath.Exp(x) / Math.Exp(x), 1 - 1e-14, 1 + 1e-14);
        Assert.Equal(1, RealMath.Exp(0));
        Assert.Equal(0, RealMath.Exp(-10000));
        Assert.Equal(double.PositiveInfinity, RealMath.Exp(710));
        Assert.True(double.IsNaN(RealMath.Exp(double.NaN)));
    }

    [Fact]
    public void Log1p_is_right_to_a_few_units()
    {
        foreach (double x in Values(0, 1).Concat(Values(0, 1e6)).Concat([1, 0.41421356237309, 0.41421356237310])) Assert.Equal(Math.Log(1 + x), RealMath.Log1p(x), 1e-14);
        Assert.Equal(0, RealMath.Log1p(0));
        Assert.Equal(double.PositiveInfinity, RealMath.Log1p(double.PositiveInfinity));
    }

    [Fact]
    public void Sigmoid_and_tanh_saturate()
    {
        foreach (double x in Values(-40, 40))
        {
            Assert.Equal(1 / (1 + Math.Exp(-x)), RealMath.Sigmoid(x), 1e-15);
            Assert.Equal(Math.Tanh(x), RealMath.Tanh(x), 1e-15);
        }

        Assert.Equal((0.0, 1.0), (RealMath.Sigmoid(-1000), RealMath.Sigmoid(1000)));
        Assert.Equal((-1.0, 1.0), (RealMath.Tanh(-1000), RealMath.Tanh(1000)));
    }

    [Fact]
    public void Softmax_does_not_overflow()
    {
        var probabilities = new double[3];
        RealMath.Softmax([1e30f, 1e30f, -1e30f], probabilities);
        Assert.Equal([0.5, 0.5, 0], probabilities);
    }
}
