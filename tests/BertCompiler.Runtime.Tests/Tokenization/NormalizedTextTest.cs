using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The two texts that change places at each step.</summary>
public sealed class NormalizedTextTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StepsThatWriteAllAnewNeedNoMemoryOnceBothTextsHaveGrown(bool tracks)
    {
        var text = new NormalizedText();
        text.Reset(tracks);
        text.AppendBytes(new byte[1500], 0, 0);
        text.AppendBytes(new byte[1500], 0, 0); // it grows twice, and what is written anew below once: the two are not equally long
        Rewrite(text);
        Rewrite(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 100; step++) Rewrite(text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(3000, text.Length);

        static void Rewrite(NormalizedText text)
        {
            NormalizedText next = text.Next();
            next.AppendFrom(text, 0, text.Length);
            text.TakeNext();
        }
    }
}
