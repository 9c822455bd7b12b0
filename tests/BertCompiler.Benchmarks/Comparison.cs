using System.Diagnostics;
using BertCompiler.Core.Plan;
using BertCompiler.Kernels;
using BertCompiler.Tool.Compilation;
using Microsoft.ML.OnnxRuntime;

namespace BertCompiler.Benchmarks;

/// <summary>One model on both engines: the same ids in, hidden states [T,H] out.</summary>
internal sealed class Comparison : IDisposable
{
    private readonly EncoderModel _ours;
    private readonly Crew _crew;
    private readonly InferenceSession _theirs;
    private readonly RunOptions _run = new();

    /// <param name="folder">The model's folder, with model.onnx beside the weights.</param>
    /// <param name="threads">Threads for both sides.</param>
    /// <param name="cache">Where the compiled form lies.</param>
    public Comparison(string folder, int threads, ModelCache cache)
    {
        _crew = new Crew(threads);
        CachedModel compiled = cache.Get(folder, Taps.None);
        if (!compiled.Import.Succeeded) throw new InvalidDataException(string.Join('\n', compiled.Import.Problems));
        _ours = compiled.Load(new LoadOptions { Crew = _crew });
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        _theirs = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
    }

    /// <summary>The sizes that are compared.</summary>
    public static IReadOnlyList<(int Texts, int Tokens)> Cases { get; } = [(1, 16), (1, 128), (8, 128), (32, 128)];

    /// <summary>Times one case: each round runs both sides, one behind the other, as often as fits in about 40 ms.</summary>
    public Measurement Measure(int texts, int tokens, int rounds)
    {
        long[] ids = Ids(texts * tokens);
        var batch = new TokenBatch();
        for (int i = 0; i < texts; i++) batch.Add(Array.ConvertAll(ids[(i * tokens)..((i + 1) * tokens)], id => (int)id));
        var sink = new LastHiddenState();
        using OrtValue idValue = Value(ids, texts, tokens);
        using OrtValue mask = Value([.. Enumerable.Repeat(1L, ids.Length)], texts, tokens);
        using OrtValue types = Value(new long[ids.Length], texts, tokens);
        var all = new Dictionary<string, OrtValue> { ["input_ids"] = idValue, ["attention_mask"] = mask, ["token_type_ids"] = types };
        Dictionary<string, OrtValue> inputs = all.Where(input => _theirs.InputNames.Contains(input.Key)).ToDictionary();
        float[] reference = [];

        void Ours() => _ours.Run(batch, sink);
        void Theirs()
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _theirs.Run(_run, inputs, ["last_hidden_state"]);
            if (reference.Length == 0) reference = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }

        int repeat = Math.Max(1, (int)(40 / Math.Max(Warm(Ours), Warm(Theirs))));
        var ours = new List<double>();
        var theirs = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Time(Ours, repeat));
            theirs.Add(Time(Theirs, repeat));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Ours();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new Measurement(texts, tokens, Median(ours), Median(theirs), sink.GreatestDifference(reference), allocated);
    }

    public void Dispose()
    {
        _ours.Dispose();
        _crew.Dispose();
        _theirs.Dispose();
        _run.Dispose();
    }

    /// <summary>Runs until the just-in-time compiler has settled (five runs and two seconds, or ten seconds), and gives the last duration in milliseconds.</summary>
    private static double Warm(Action action)
    {
        double last = 0;
        var watch = Stopwatch.StartNew();
        for (int i = 0; i == 0 || (watch.ElapsedMilliseconds < 10_000 && (i < 5 || watch.ElapsedMilliseconds < 2000)); i++) last = Time(action, 1);
        return last;
    }

    private static double Time(Action action, int repeat)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeat; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / repeat;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>Word ids spread over the table, the same in every run.</summary>
    private static long[] Ids(int count)
    {
        var ids = new long[count];
        for (int i = 0; i < count; i++) ids[i] = 1000 + (i * 7919L % 28000);
        return ids;
    }

    private static OrtValue Value(long[] values, int texts, int tokens) => OrtValue.CreateTensorValueFromMemory(values, [texts, tokens]);

    /// <summary>Keeps the last hidden state of the last run.</summary>
    private sealed class LastHiddenState : IModelOutputs
    {
        private Rows _hidden;

        public void Tokens(string name, Rows values, int column = -1)
        {
            if (name == "last_hidden_state") _hidden = values;
        }

        public void Sequences(string name, Rows values, int column = -1)
        {
        }

        public void Attention(int layer, int sequence, int head, Rows probabilities)
        {
        }

        /// <summary>Reads the workspace right behind a run: nothing else has used it since.</summary>
        public double GreatestDifference(float[] reference)
        {
            double greatest = 0;
            for (int i = 0; i < _hidden.Count; i++)
            {
                Span<float> row = _hidden[i];
                for (int j = 0; j < row.Length; j++) greatest = Math.Max(greatest, Math.Abs((double)row[j] - reference[(i * row.Length) + j]));
            }

            return greatest;
        }
    }
}
