using System.Diagnostics;
using BertCompiler.Testing;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The time for a text grows as its length does, whatever it consists of.</summary>
public sealed class LongTextTest
{
    private const int Length = 1_000_000;

    /// <summary>Linear time is about 2 seconds on a slow machine in code that is not optimised, quadratic time more than 10 minutes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [SharedTheory]
    [InlineData("bert_uncased", "a")]
    [InlineData("bert_uncased", "the cat sat. ")]
    [InlineData("bert_uncased", "[")]
    [InlineData("bert_uncased", "[MASK")]
    [InlineData("bert_uncased", "\u0302\u0323")]
    [InlineData("bert_uncased", "中")]
    [InlineData("bert_uncased", "é")]
    [InlineData("wp_custom_special", " ")]
    [InlineData("wp_custom_special", "@user ")]
    [InlineData("wp_custom_special", "SOLO")]
    [InlineData("wp_cased", "\U0001D165\u0301")]
    public void AMillionCharactersTakeLinearTime(string name, string part)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        string text = string.Concat(Enumerable.Repeat(part, Length / part.Length));
        var batch = new TokenBatch();
        var watch = Stopwatch.StartNew();
        tokenizer.Append(text, int.MaxValue, batch);
        Assert.True(watch.Elapsed < Limit, $"{Length} characters took {watch.Elapsed}");
    }

    [SharedFact]
    public void ALongTextIsNotReadToItsEnd()
    {
        Tokenizer tokenizer = GoldenTokenizers.Get("bert_uncased");
        string text = string.Concat(Enumerable.Repeat("the cat sat. ", Length / 13));
        var batch = new TokenBatch();
        tokenizer.Append("warm", 256, batch);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 300; i++)
        {
            batch.Clear();
            Assert.True(tokenizer.Append(text, 256, batch));
        }

        // Reading all of it takes half a second each time.
        Assert.True(watch.Elapsed < Limit, $"300 times 256 tokens took {watch.Elapsed}");
    }
}
