using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>What goes through a program on the hot path goes by calls and rows: nothing is left for the garbage collector.</summary>
public sealed class EmbedAllocationTest
{
    [Fact]
    public void Nothing_is_allocated_for_an_embedding_once_the_memory_has_grown()
    {
        using var crew = new Crew(1);
        using SentenceEncoder model = BundledModel.Load(new LoadOptions { Crew = crew });
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => $"text number {i} says that vaccines teach the body what to fight")];
        var vectors = new float[texts.Length * 128];
        Embed();

        // A collection of garbage that other tests make may take arrays out of pools, which are then made again: the least of several runs counts.
        Assert.Equal(0, Enumerable.Range(0, 10).Min(_ => Embed()));

        long Embed()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (string text in texts) model.Embed(text, vectors);
            model.Embed(texts, vectors);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
