using System.Globalization;
using System.Text;
using BertCompiler.Tool.Tokenizers.Models;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>Scores are the doubles that serde_json reads: within the last bits of the nearest one.</summary>
public sealed class ScoreParserTest
{
    [Theory]
    [InlineData("0", 0d)]
    [InlineData("-0.0", 0d)]
    [InlineData("-13.5", -13.5)]
    [InlineData("1e3", 1000d)]
    [InlineData("25E-2", 0.25)]
    [InlineData("1.5e+2", 150d)]
    [InlineData("100000000000000000000", 1e20)]
    [InlineData("0.00000000000000000001", 1e-20)]
    [InlineData("1e-400", 0d)]
    public void NumbersAreRead(string text, double expected) => Assert.Equal(expected, ScoreParser.Parse(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e99999999999999999999")]
    public void WhatIsTooGreatIsNone(string text) => Assert.Null(ScoreParser.Parse(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void OnlyTheLastBitsMayDiffer()
    {
        var random = new Random(3);
        int different = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double value = -random.NextDouble() * Math.Pow(10, random.Next(-3, 4));
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            double read = Assert.NotNull(ScoreParser.Parse(Encoding.ASCII.GetBytes(text)));
            long distance = Math.Abs(BitConverter.DoubleToInt64Bits(value) - BitConverter.DoubleToInt64Bits(read));
            Assert.InRange(distance, 0, 2);
            if (distance > 0) different++;
        }

        // One rounding of the digits and one of the division: some numbers of 17 digits come out differently.
        Assert.InRange(different, 1, 10_000);
    }
}
