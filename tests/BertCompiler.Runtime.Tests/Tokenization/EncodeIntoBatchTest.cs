using BertCompiler.Testing;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The way into a batch gives the ids of the full encoding, cut on the right, and allocates nothing.</summary>
public sealed class EncodeIntoBatchTest
{
    public static TheoryData<string> Names() => new(GoldenTokenizers.Names);

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void IdsAreThoseOfTheFullEncoding(string name)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        var batch = new TokenBatch();
        foreach (string text in GoldenTokenizers.Texts(name))
        {
            int[] whole = tokenizer.Encode(text).Ids();
            foreach (int most in (int[])[2, 3, 16, 512, int.MaxValue])
            {
                batch.Clear();
                if (whole.Length == 0)
                {
                    Assert.Throws<ArgumentException>(() => tokenizer.Append(text, most, batch));
                    continue;
                }

                bool cut = tokenizer.Append(text, most, batch);
                int[] expected = tokenizer.Encode(text, options: new() { Truncation = TruncationStrategy.LongestFirst, MaxLength = most }).Ids();
                Assert.Equal(expected, batch.Ids.ToArray());
                Assert.Equal(whole.Length > most, cut);
            }
        }
    }

    [SharedFact]
    public void ManyTextsMakeOneRaggedBatch()
    {
        Tokenizer tokenizer = GoldenTokenizers.Get("bert_uncased");
        var batch = new TokenBatch();
        string[] texts = [.. GoldenTokenizers.Texts("bert_uncased").Take(100)];
        foreach (string text in texts) tokenizer.Append(text, 32, batch);
        Assert.Equal(100, batch.Count);
        for (int b = 0; b < texts.Length; b++)
        {
            int[] expected = tokenizer.Encode(texts[b], options: new() { Truncation = TruncationStrategy.LongestFirst, MaxLength = 32 }).Ids();
            Assert.Equal(expected, batch.Ids[batch.Offsets[b]..batch.Offsets[b + 1]].ToArray());
        }
    }

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void NothingIsAllocatedOnceTheMemoryHasGrown(string name)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        var batch = new TokenBatch();
        string[] texts = [.. GoldenTokenizers.Texts(name).Where(t => tokenizer.Encode(t).Count > 0)];
        AppendAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        AppendAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void AppendAll()
        {
            foreach (string text in texts)
            {
                batch.Clear();
                tokenizer.Append(text, 256, batch);
            }
        }
    }

    [SharedFact]
    public void WindowsThatNobodyAsksForAreNotMade()
    {
        // Half a million windows of each text: all their pairs would be 250 thousand million encodings.
        string text = string.Concat(Enumerable.Repeat("cat ", 500_000));
        var options = new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = 5 };
        TokenEncoding encoding = GoldenTokenizers.Get("bert_uncased").Encode(text, text, options);
        Assert.True(encoding.IsTruncated);
        Assert.Equal([101, 4937, 102, 4937, 102], encoding.Ids());
    }

    [SharedFact]
    public void SeveralThreadsMayUseOneTokenizer()
    {
        Tokenizer tokenizer = GoldenTokenizers.Get("bert_uncased");
        string[] texts = [.. GoldenTokenizers.Texts("bert_uncased").Take(300)];
        int[][] expected = [.. texts.Select(t => tokenizer.Encode(t).Ids())];
        Parallel.For(0, 4, _ =>
        {
            var batch = new TokenBatch();
            for (int i = 0; i < texts.Length; i++)
            {
                batch.Clear();
                tokenizer.Append(texts[i], int.MaxValue, batch);
                Assert.Equal(expected[i], batch.Ids.ToArray());
            }
        });
    }

    [SharedFact]
    public void RoomForTheSpecialTokensIsNeeded()
        => Assert.Throws<ArgumentOutOfRangeException>(() => GoldenTokenizers.Get("bert_uncased").Append("a", 1, new TokenBatch()));
}
