using System.Runtime.CompilerServices;
using BertCompiler.Kernels;
using BertCompiler.Runtime.Tests.Kernels;
using BertCompiler.Runtime.Tests.Tasks;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests;

/// <summary>How a model is loaded: its threads.</summary>
public sealed class LoadOptionsTest : IDisposable
{
    private readonly ReplayWeights _weights = LetterTokenizer.Read();

    public void Dispose() => _weights.Dispose();

    [Fact]
    public void A_model_has_the_threads_that_it_is_given()
    {
        using var own = Load(new LoadOptions { MaxThreads = 3 });
        Assert.Equal(3, own.Threads.MaxThreads);
        using var crew = new Crew(2);
        using var given = Load(new LoadOptions { Crew = crew });
        Assert.Same(crew, given.Threads);
        using var usual = Load(options: null);
        Assert.Same(Crew.Shared, usual.Threads);
    }

    [Fact]
    public void A_number_of_threads_that_means_nothing_is_refused()
    {
        foreach (int wrong in new[] { 0, -1, 1025 })
        {
            Assert.Equal("MaxThreads", Assert.Throws<ArgumentOutOfRangeException>(() => new LoadOptions { MaxThreads = wrong }).ParamName);
        }

        using var crew = new Crew(2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Load(new LoadOptions { Crew = crew, MaxThreads = 2 }));
        Assert.StartsWith("Crew and MaxThreads both say how many threads there are", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_own_threads_end_with_it_and_others_do_not()
    {
        var own = Load(new LoadOptions { MaxThreads = 2 });
        own.Dispose();
        Assert.True(own.Threads.IsDisposed);
        using var crew = new Crew(2);
        Load(new LoadOptions { Crew = crew }).Dispose();
        Assert.False(crew.IsDisposed);
        Load(options: null).Dispose();
        Assert.False(Crew.Shared.IsDisposed);
    }

    [Fact]
    public void A_models_own_threads_end_when_it_is_dropped()
    {
        Crew crew = Drop();
        for (int i = 0; i < 50 && !crew.IsDisposed; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(crew.IsDisposed);
    }

    private ConstantClassifier Load(LoadOptions? options) =>
        new(_weights.Open(), _weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 16), ["bad", "good"], options);

    // A method of its own, so that no register or stack slot of the test holds the model.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe Crew Drop()
    {
        Crew crew = Load(new LoadOptions { MaxThreads = 3 }).Threads;
        int* counts = stackalloc int[64];
        new Span<int>(counts, 64).Clear();
        var kernel = new CountingKernel(counts, 3);
        crew.Run(ref kernel, 64, worthSharing: true);
        return crew;
    }
}
