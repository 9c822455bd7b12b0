using BertCompiler.Kernels;
using BertCompiler.Runtime.Tests.Tasks;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>Calls over many texts can be stopped, say how far they are, and leave the model as it was.</summary>
public sealed class CancellationTests
{
    private static readonly string[] _texts = [.. Enumerable.Range(0, 400).Select(i => $"text number {i} says that vaccines teach the body what to fight")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Embedding_stops_and_goes_on_afterwards(int threads)
    {
        using var crew = new Crew(threads);
        using SentenceEncoder model = BundledModel.Load(new LoadOptions { Crew = crew });
        float[] expected = model.Embed(_texts[0]);
        using var stop = new CancellationTokenSource();
        var seen = new List<BatchProgress>();
        var progress = new ImmediateProgress(p =>
        {
            seen.Add(p);
            stop.Cancel();
        });
        var vectors = new float[_texts.Length * 128];
        Assert.ThrowsAny<OperationCanceledException>(() => model.Embed(_texts, vectors, progress: progress, cancellationToken: stop.Token));
        Assert.Single(seen);
        Assert.InRange(seen[0].Done, 1, _texts.Length - 1);
        Assert.Equal(expected, vectors[..128]);
        Assert.Equal(0, vectors[^1]);
        Assert.Equal(expected, model.Embed(_texts[0]));
    }

    /// <summary>Cancelled from another thread in the middle of one run: the kernels look before each piece.</summary>
    [Fact]
    public void A_run_stops_inside_a_layer()
    {
        using var crew = new Crew(2);
        using var stop = new CancellationTokenSource();
        var kernel = default(CountingKernel);
        CountingKernel.Done = 0;
        CountingKernel.CancelAt = (10, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => new CrewCall(crew, stop.Token).Run(ref kernel, 1_000_000, worthSharing: true));
        Assert.InRange(CountingKernel.Done, 10, 20);
        CountingKernel.Done = 0;
        CountingKernel.CancelAt = (int.MaxValue, stop);
        ((CrewCall)crew).Run(ref kernel, 1000, worthSharing: true);
        Assert.Equal(1000, CountingKernel.Done);
    }

    [Fact]
    public void What_a_worker_throws_reaches_the_caller_and_the_crew_lives_on()
    {
        using var crew = new Crew(2);
        for (int i = 0; i < 50; i++)
        {
            var faulty = default(FaultyKernel);
            Assert.Throws<InvalidDataException>(() => ((CrewCall)crew).Run(ref faulty, 100, worthSharing: true));
            var counting = default(CountingKernel);
            CountingKernel.Done = 0;
            CountingKernel.CancelAt = (int.MaxValue, null!);
            ((CrewCall)crew).Run(ref counting, 100, worthSharing: true);
            Assert.Equal(100, CountingKernel.Done);
        }
    }

    [Fact]
    public void Every_call_over_many_refuses_a_cancelled_token_and_reports_its_end()
    {
        using SentenceEncoder model = BundledModel.Load();
        using var weights = LetterTokenizer.Read();
        using var tagger = new LetterTagger(weights, 16, ["O", "B-PER"], new() { ["anna"] = "B-PER" });
        var cancelled = new CancellationToken(canceled: true);
        var last = default(BatchProgress);
        var progress = new ImmediateProgress(p => last = p);
        Assert.ThrowsAny<OperationCanceledException>(() => model.Embed(_texts, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => model.Encode(_texts, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => model.Tokenizer.AppendAll(_texts, 64, new TokenBatch(), cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => tagger.Tag(["anna", "anna"], cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => tagger.TagWords(["anna"], cancellationToken: cancelled));

        Assert.Equal(_texts.Length, model.Embed(_texts, progress: progress).Length);
        Assert.Equal(new BatchProgress(400, 400), last);
        Assert.Equal(3, model.Encode(_texts[..3], progress: progress).Count);
        Assert.Equal(new BatchProgress(3, 3), last);
        Assert.Equal(2, tagger.Tag(["anna", "anna"], progress: progress).Count);
        Assert.Equal(new BatchProgress(2, 2), last);
        tagger.Tag(string.Join(' ', Enumerable.Repeat("anna .", 40)), progress: progress);
        Assert.True(last.Total > 1);
        Assert.Equal(last.Total, last.Done);
    }

    [Fact]
    public void Many_at_once_are_what_they_are_alone()
    {
        using SentenceEncoder model = BundledModel.Load();
        string[] texts = _texts[..60];
        float[][] together = model.Embed(texts);
        IReadOnlyList<TokenStates> states = model.Encode(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal(model.Embed(texts[i]), together[i]);
            using TokenStates alone = model.Encode(texts[i]);
            Assert.Equal(alone.Count, states[i].Count);
            for (int t = 0; t < alone.Count; t++) Assert.Equal(alone[t], states[i][t]);
        }
    }

    [Fact]
    public void An_interface_serves_queries_and_documents()
    {
        using SentenceEncoder model = BundledModel.Load();
        ISentenceEncoder plain = model;
        ISentenceEncoder shorter = model.With(new EmbedOptions { Dimensions = 32, Normalize = true, Prompt = "query: " });
        Assert.Equal((128, 256, model.Facts.ContentHash), (plain.Dimension, plain.MaxTokens, plain.Identity));
        Assert.Equal(32, shorter.Dimension);
        Assert.NotEqual(plain.Identity, shorter.Identity);
        Assert.Equal(model.Tokenizer.Count("query: a b"), shorter.CountTokens("a b"));
        Assert.Equal(model.Tokenizer.Count("a b"), plain.CountTokens("a b"));
        var one = new float[32];
        shorter.Embed("a b", one);
        Assert.Equal(model.Embed("a b", new EmbedOptions { Dimensions = 32, Normalize = true, Prompt = "query: " }), one);
        var two = new float[64];
        Assert.Equal(2, shorter.Embed(["a b", "c"], two).Texts);
        Assert.Equal(one, two[..32]);
        Assert.Throws<ArgumentException>(() => model.With(new EmbedOptions { PromptName = "nobody" }));
    }

    private sealed class ImmediateProgress(Action<BatchProgress> report) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => report(value);
    }

    private struct CountingKernel : IKernel
    {
        public static int Done;

        public static (int At, CancellationTokenSource Source) CancelAt { get; set; }

        public readonly void Run<T>(int item, int worker) where T : struct, ILanes<T>
        {
            if (Interlocked.Increment(ref Done) == CancelAt.At) CancelAt.Source.Cancel();
        }
    }

    private struct FaultyKernel : IKernel
    {
        public readonly void Run<T>(int item, int worker) where T : struct, ILanes<T>
        {
            if (item >= 3) throw new InvalidDataException("on purpose");
        }
    }
}
