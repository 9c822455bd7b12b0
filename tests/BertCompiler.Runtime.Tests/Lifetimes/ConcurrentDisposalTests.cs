using System.Runtime.CompilerServices;
using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>Dispose while calls run, and objects that nobody disposes of.</summary>
public sealed class ConcurrentDisposalTests
{
    private const string Text = "how do vaccines work, and how long does what they teach the body last";

    /// <summary>Running calls give what they always give, later ones are refused; a mapping that went too early would end the test process.</summary>
    [Fact]
    public async Task Running_calls_end_well_and_new_ones_are_refused()
    {
        float[] expected;
        using (SentenceEncoder model = BundledModel.Load()) expected = model.Embed(Text);
        using var crew = new Crew(2);
        for (int round = 0; round < 20; round++)
        {
            SentenceEncoder model = BundledModel.Load(new LoadOptions { Crew = crew });
            Task[] tasks = [.. Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(() => UseUntilRefused(model, expected, i), TaskCreationOptions.LongRunning))];
            await Task.Delay(round);
            model.Dispose();
            await Task.WhenAll(tasks);
            Assert.False(IsMapped(model));
        }
    }

    /// <summary>Readers that overlap all the time: none of them may keep the others going.</summary>
    [Fact]
    public async Task A_tokenizer_in_use_by_many_refuses_them_at_once()
    {
        for (int round = 0; round < 10; round++)
        {
            Tokenizer tokenizer = DisposalTests.TokenizerAlone();
            using var started = new CountdownEvent(6);
            int after = 0;
            bool disposed = false;
            Task[] tasks = [.. Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    started.Signal();
                    try
                    {
                        while (true)
                        {
                            bool late = Volatile.Read(ref disposed);
                            Assert.Equal(17, tokenizer.Count(Text));
                            if (late) Interlocked.Increment(ref after);
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                    }
                },
                TaskCreationOptions.LongRunning))];
            started.Wait();
            tokenizer.Dispose();
            Volatile.Write(ref disposed, true);
            await Task.WhenAll(tasks);
            Assert.Equal(0, after);
        }
    }

    /// <summary>The output asks for the end of its own model, in the middle of a run.</summary>
    [Fact]
    public void A_run_may_dispose_of_its_model()
    {
        SentenceEncoder model = BundledModel.Load();
        float[] seen = [];
        var batch = new TokenBatch();
        batch.Add([101, 2129, 102]);
        model.Run(batch, new DisposingOutputs(model, row => seen = row.ToArray()));
        Assert.Equal(128, seen.Length);
        Assert.All(seen, x => Assert.True(float.IsFinite(x)));
        Assert.False(IsMapped(model));
        Assert.Throws<ObjectDisposedException>(() => model.Embed(Text));
    }

    /// <summary>Texts that a running call has not tokenized yet need the vocabulary: it is there until the call ends.</summary>
    [Fact]
    public void A_call_over_many_texts_is_finished_though_its_model_was_disposed_of()
    {
        SentenceEncoder model = BundledModel.Load();
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"{Text} {i}")];
        float[][] expected = model.Embed(texts);
        float[][] vectors = model.Embed(texts, progress: new DisposingProgress(model));
        Assert.Equal(expected, vectors);
        Assert.False(IsMapped(model));
        Assert.Throws<ObjectDisposedException>(() => model.Tokenizer.Count(Text));
    }

    [Fact]
    public void The_last_call_out_unmaps_the_file()
    {
        SentenceEncoder model = BundledModel.Load();
        Assert.True(IsMapped(model));
        var batch = new TokenBatch();
        batch.Add([101, 2129, 102]);
        bool duringCall = false;
        model.Run(batch, new DisposingOutputs(model, _ => duringCall = IsMapped(model)));
        Assert.True(duringCall);
        Assert.False(IsMapped(model));
    }

    /// <summary>Nobody disposes of fifty models and fifty tokenizers: their mappings go with them.</summary>
    [Fact]
    public void A_mapping_goes_with_its_object()
    {
        List<WeakReference> memories = LoadAndForget(50);
        for (int i = 0; i < 10 && memories.Exists(m => m.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.DoesNotContain(memories, m => m.IsAlive);
        if (OperatingSystem.IsLinux()) Assert.True(MappingsOfThisFile() < 10, $"{MappingsOfThisFile()} mappings are left");
    }

    /// <summary>The model is garbage while its call runs: the call keeps the mapping.</summary>
    [Fact]
    public void A_call_outlives_the_last_reference_to_its_model()
    {
        float[] expected;
        using (SentenceEncoder model = BundledModel.Load()) expected = model.Embed(Text);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        for (int i = 0; i < 20; i++) Assert.Equal(expected, BundledModel.Load().Embed(Text));
        stop.Cancel();
        collector.Join();
    }

    /// <summary>A batch that other threads change during a run gives results or an exception; the process lives.</summary>
    [Fact]
    public void A_batch_that_changes_during_a_run_harms_nothing()
    {
        using SentenceEncoder model = BundledModel.Load();
        var batch = new TokenBatch();
        batch.Add([101, 2129, 102]);
        using var stop = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    batch.Clear();
                    for (int s = 0; s <= i % 5; s++) batch.Add(new int[1 + (i * 37 % 120)]);
                }
                catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
                {
                    // Two threads in one batch: anything but the end of the process.
                }
            }
        });
        writer.Start();
        for (int i = 0; i < 200; i++)
        {
            try
            {
                model.Run(batch, new NoOutputs());
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException)
            {
            }
        }

        stop.Cancel();
        writer.Join();
    }

    private sealed class DisposingProgress(SentenceEncoder model) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            model.Dispose();
            Assert.Throws<ObjectDisposedException>(() => model.Embed(Text));
        }
    }

    private static void UseUntilRefused(SentenceEncoder model, float[] expected, int kind)
    {
        try
        {
            Tokenizer tokenizer = model.Tokenizer;
            var many = new float[4 * expected.Length];
            for (int i = 0; ; i++)
            {
                switch (kind)
                {
                    case 0:
                        Assert.Equal(expected, model.Embed(Text));
                        break;
                    case 1:
                        model.Embed([Text, Text, Text, Text], many);
                        Assert.Equal(expected, many[..expected.Length]);
                        break;
                    case 2:
                        Assert.Equal(17, tokenizer.Count(Text));
                        break;
                    default:
                        tokenizer.AppendAll([.. Enumerable.Repeat(Text, 40)], 64, new TokenBatch());
                        break;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Refused.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> LoadAndForget(int count)
    {
        var memories = new List<WeakReference>();
        for (int i = 0; i < count; i++)
        {
            SentenceEncoder model = BundledModel.Load();
            if (i % 2 == 0) model.Embed("x");
            memories.Add(new WeakReference(model));
        }

        return memories;
    }

    private static int MappingsOfThisFile() => File.ReadLines("/proc/self/maps").Count(l => l.EndsWith(BundledModel.WeightsPath, StringComparison.Ordinal));

    private static bool IsMapped(EncoderModel model) => model.Program.Weights.Memory.IsMapped;
}
