// What the package promises of lifetimes, done by a program that its user could write: each line says what was done and what came of it.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using BertCompiler;
using BertCompiler.Tokenization;
using Lifetimes;

const string Text = "how do vaccines work, and how long does what they teach the body last";
float[] expected;
using (Embedder model = Embedder.Load()) expected = model.Embed(Text);

Say("a tokenizer alone, Count after Dispose", () =>
{
    Tokenizer tokenizer = Embedder.LoadTokenizer();
    tokenizer.Dispose();
    tokenizer.Count("x");
});
Say("a model's tokenizer, Count after the model's Dispose", () =>
{
    Embedder model = Embedder.Load();
    Tokenizer tokenizer = model.Tokenizer;
    model.Dispose();
    tokenizer.Count("x");
});
Say("hidden states, read after Dispose", () =>
{
    using Embedder model = Embedder.Load();
    TokenStates states = model.Encode(Text);
    states.Dispose();
    Console.Write(states[0][0]);
});
Say("Embed after Dispose, on four threads", () =>
{
    Embedder model = Embedder.Load();
    model.Dispose();
    Parallel.For(0, 4, _ => model.Embed(Text));
});
Say("Dispose twice, and on eight threads at once", () =>
{
    Embedder model = Embedder.Load();
    Parallel.For(0, 8, _ => model.Dispose());
    model.Dispose();
});
Say("Dispose while four threads embed, 20 times: running calls end well, new ones are refused", () =>
{
    for (int round = 0; round < 20; round++)
    {
        Embedder model = Embedder.Load();
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            try
            {
                while (true)
                {
                    if (!model.Embed(Text).AsSpan().SequenceEqual(expected)) Interlocked.Increment(ref wrong);
                    if (model.Tokenizer.Count(Text) != 17) Interlocked.Increment(ref wrong);
                }
            }
            catch (ObjectDisposedException)
            {
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        Thread.Sleep(round);
        model.Dispose();
        foreach (Thread thread in threads) thread.Join();
        if (wrong > 0) throw new InvalidDataException($"{wrong} wrong results");
    }
});
Say("50 models and 50 tokenizers that nobody disposes of", () =>
{
    LoadAndForget();
    for (int i = 0; i < 5; i++)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    int left = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/maps").Count(l => l.EndsWith(".bertw", StringComparison.Ordinal)) : 0;
    if (left > 2) throw new InvalidDataException($"{left} mappings are left");
});
Say("a million texts, cancelled after 200 ms", () =>
{
    using Embedder model = Embedder.Load();
    string[] texts = [.. Enumerable.Repeat(Text, 1_000_000)];
    using var stop = new CancellationTokenSource();
    var watch = new Stopwatch();
    using var timer = new Timer(_ => { watch.Start(); stop.Cancel(); }, null, 200, Timeout.Infinite);
    try
    {
        model.Embed(texts, cancellationToken: stop.Token);
    }
    finally
    {
        // Generous: the machine may be busy with something else. What is measured on a quiet one is some milliseconds.
        if (watch.ElapsedMilliseconds > 2000) throw new InvalidDataException($"noticed after {watch.ElapsedMilliseconds} ms");
    }
});
string damaged = Path.Combine(Path.GetTempPath(), $"damaged-{Environment.ProcessId}.bertw");
byte[] packed = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Embedder.WeightsFile));
packed[^5000] ^= 1;
File.WriteAllBytes(damaged, packed);
Say("a flipped bit in the weights, loaded as always", () => Embedder.Load(new LoadOptions { WeightsPath = damaged }).Dispose());
Say("a flipped bit in the weights, loaded with VerifyContent", () => Embedder.Load(new LoadOptions { WeightsPath = damaged, VerifyContent = true }).Dispose());
Say("sound weights, loaded with VerifyContent", () => Embedder.Load(new LoadOptions { VerifyContent = true }).Dispose());
File.Delete(damaged);
Console.WriteLine("alive");
return 0;

static void Say(string what, Action action)
{
    try
    {
        action();
        Console.WriteLine($"{what}: fine");
    }
    catch (AggregateException e) when (e.InnerExceptions.All(i => i is ObjectDisposedException))
    {
        Console.WriteLine($"{what}: ObjectDisposedException");
    }
    catch (InvalidDataException e)
    {
        bool damaged = e.Message.Contains(".bertw: the content is damaged (SHA-256 expected ", StringComparison.Ordinal);
        Console.WriteLine($"{what}: {(damaged ? "the content is damaged" : e.Message)}");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{what}: {e.GetType().Name}");
    }
}

[MethodImpl(MethodImplOptions.NoInlining)]
static void LoadAndForget()
{
    for (int i = 0; i < 50; i++)
    {
        Embedder.Load().Embed("x");
        Embedder.LoadTokenizer().Count("x");
    }
}
