using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The lists for very long words give pairs in the order in which the heap for long ones does.</summary>
public sealed class MergeAgendaTest
{
    [Theory]
    [InlineData(50, 50)]
    [InlineData(50, 20)]
    [InlineData(3, 3)]
    [InlineData(1000, 1000)]
    public void TheOrderIsThatOfTheHeap(int ranks, int listed)
    {
        var agenda = new MergeAgenda();
        var random = new Random(20261124);
        for (int round = 0; round < 30; round++)
        {
            var heap = new CandidateHeap();
            agenda.Begin(listed);
            for (int at = 0; at < 500; at++) Add(random.Next(ranks), at);
            int added = 0;
            while (heap.TryTake(out int place, out int result))
            {
                Assert.True(agenda.TryTake(out int foundPlace, out int foundResult));
                Assert.Equal((place, result), (foundPlace, foundResult));

                for (int i = random.Next(3); i > 0 && added < 2000; i--, added++) Add(random.Next(ranks), random.Next(500));
            }

            Assert.False(agenda.TryTake(out _, out _));

            void Add(int rank, int at)
            {
                heap.Add(rank, at, rank + 7);
                agenda.Add(rank, at, rank + 7);
            }
        }
    }
}
