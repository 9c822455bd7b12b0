using System.Diagnostics;
using BertCompiler.Testing;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The time for a text grows as its length does, whatever it consists of.</summary>
public sealed class LongTextTest
{
    private const int Length = 1_000_000;
    private const int WindowCount = 300;

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
    [InlineData("roberta_gpt2bpe", "a")]
    [InlineData("roberta_gpt2bpe", "the cat sat. ")]
    [InlineData("roberta_gpt2bpe", " ")]
    [InlineData("roberta_gpt2bpe", "'")]
    [InlineData("roberta_gpt2bpe", "中\U0001F600")]
    [InlineData("roberta_gpt2bpe", " <mask")]
    [InlineData("spm_bpe", "the cat sat. ")]
    [InlineData("spm_bpe_byte_fallback", "中")]
    [InlineData("xlmr", "a")]
    [InlineData("xlmr", "the cat sat. ")]
    [InlineData("xlmr", "e\u0301")]
    [InlineData("xlmr", "\u0301")]
    [InlineData("xlmr", "\u0007")]
    [InlineData("xlmr_strip_replace", " ")]
    [InlineData("xlmr_strip_replace", "the cat sat. ")]
    [InlineData("albert", "``")]
    [InlineData("odd1_nfd_lower_strip_whitespace", "\u0302\u0323")]
    [InlineData("odd8_unigram_bertpre", "\u0302\u0323")]
    [InlineData("odd2_nfkc_replace_punct_digits", "\uFDFA")]
    [InlineData("odd4_split_regex_isolated", "ing9.")]
    public void AMillionCharactersTakeLinearTime(string name, string part)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        string text = string.Concat(Enumerable.Repeat(part, Length / part.Length));
        var batch = new TokenBatch();
        var watch = Stopwatch.StartNew();
        tokenizer.Append(text, int.MaxValue, batch);
        Assert.True(watch.Elapsed < Limit, $"{Length} characters took {watch.Elapsed}");
    }

    [SharedTheory]
    [InlineData("bert_uncased")]
    [InlineData("roberta_gpt2bpe")]
    [InlineData("xlmr")]
    [InlineData("odd9_bpe_continuing_prefix")]
    public void ALongTextIsNotReadToItsEnd(string name)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        string text = string.Concat(Enumerable.Repeat("the cat sat. ", Length / 13));
        var batch = new TokenBatch();
        tokenizer.Append("warm", 256, batch);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < WindowCount; i++)
        {
            batch.Clear();
            Assert.True(tokenizer.Append(text, 256, batch));
        }

        // Reading all of it takes half a second each time.
        Assert.True(watch.Elapsed < Limit, $"{WindowCount} times 256 tokens took {watch.Elapsed}");
    }

    /// <summary>A text of which only the beginning is wanted may be read in parts; the ids are those of the whole.</summary>
    [SharedTheory]
    [MemberData(nameof(Names))]
    public void ReadingInPartsGivesTheSameIds(string name)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        string text = string.Join(" ", GoldenTokenizers.Texts(name));
        Assert.True(text.Length > 10_000);
        var batch = new TokenBatch();
        Assert.False(tokenizer.Append(text, int.MaxValue, batch));
        Assert.Equal(tokenizer.Encode(text).Ids(), batch.Ids.ToArray());
    }

    public static TheoryData<string> Names() => new(GoldenTokenizers.Names);
}
