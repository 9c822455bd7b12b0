using System.CommandLine;
using System.Diagnostics;
using BertCompiler.Core.Plan;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Benchmarks.RandomModels;

/// <summary>
/// <c>fill-mask</c>: BERT of the base size with random weights fills one mask of 128 tokens. Beside it, what it cost to score the vocabulary at every
/// token, which all results by name still do.
/// </summary>
internal static class FillMaskCommand
{
    private const int Hidden = 768, FeedForward = 3072, Layers = 12, Vocabulary = 30_522, Tokens = 128;

    public static Command Create()
    {
        Option<int> threads = new("--threads") { Description = "Threads.", DefaultValueFactory = _ => 1 };
        Option<int> rounds = new("--rounds") { Description = "Interleaved rounds.", DefaultValueFactory = _ => 7 };
        var command = new Command("fill-mask", "A masked language model of BERT-base's size: one mask of 128 tokens, and the scores of every token.") { threads, rounds };
        command.SetAction(parsed =>
        {
            string folder = Path.Combine(Path.GetTempPath(), "bertcompiler-bert-" + Guid.NewGuid().ToString("N"));
            try
            {
                Save(folder);
                Measure(folder, parsed.GetValue(threads), parsed.GetValue(rounds));
            }
            finally
            {
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            }

            return 0;
        });
        return command;
    }

    private static void Measure(string folder, int threads, int rounds)
    {
        using var crew = new Crew(threads);
        CachedModel compiled = new ModelCache(Path.Combine(folder, "compiled")).Get(folder, Taps.None);
        if (!compiled.Import.Succeeded) throw new InvalidDataException(string.Join('\n', compiled.Import.Problems));
        using var model = (MaskedLanguageModel)compiled.Load(new LoadOptions { Crew = crew });
        string text = string.Join(' ', Enumerable.Repeat("the", Tokens - 3)) + " [MASK]";
        var batch = new TokenBatch();
        batch.Add(model.Tokenizer.Encode(text).Ids());
        if (batch.TokenCount != Tokens) throw new InvalidDataException($"{batch.TokenCount} tokens, not {Tokens}");
        var nothing = new Nothing();
        double[] every = new double[rounds], chosen = new double[rounds];
        for (int i = -1; i < rounds; i++)
        {
            double all = Time(() => model.Run(batch, nothing));
            double one = Time(() => model.FillMask(text));
            if (i >= 0) (every[i], chosen[i]) = (all, one);
        }

        (double before, double after) = (every.Order().ElementAt(rounds / 2), chosen.Order().ElementAt(rounds / 2));
        Console.WriteLine(FormattableString.Invariant($"{Report.Cpu()}, {threads} thread(s), BERT-base, one mask of {Tokens} tokens"));
        Console.WriteLine(FormattableString.Invariant($"scores of every token {before:F1} ms, FillMask {after:F1} ms: {after / before:F2}"));
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Save(string folder)
    {
        const double deviation = 0.02;
        var model = new RandomModel();
        void linear(string name, int inputs, int outputs)
        {
            model.Normal(name + ".weight", deviation, outputs, inputs);
            model.Zeros(name + ".bias", outputs);
        }

        void norm(string name)
        {
            model.Ones(name + ".weight", Hidden);
            model.Zeros(name + ".bias", Hidden);
        }

        model.Normal("bert.embeddings.word_embeddings.weight", deviation, Vocabulary, Hidden);
        model.Normal("bert.embeddings.position_embeddings.weight", deviation, 512, Hidden);
        model.Normal("bert.embeddings.token_type_embeddings.weight", deviation, 2, Hidden);
        norm("bert.embeddings.LayerNorm");
        for (int layer = 0; layer < Layers; layer++)
        {
            string at = FormattableString.Invariant($"bert.encoder.layer.{layer}.");
            foreach (string part in new[] { "query", "key", "value" }) linear(at + "attention.self." + part, Hidden, Hidden);
            linear(at + "attention.output.dense", Hidden, Hidden);
            norm(at + "attention.output.LayerNorm");
            linear(at + "intermediate.dense", Hidden, FeedForward);
            linear(at + "output.dense", FeedForward, Hidden);
            norm(at + "output.LayerNorm");
        }

        linear("cls.predictions.transform.dense", Hidden, Hidden);
        norm("cls.predictions.transform.LayerNorm");
        model.Zeros("cls.predictions.bias", Vocabulary);
        model.Save(folder, FormattableString.Invariant($$"""
            {
              "model_type": "bert", "architectures": ["BertForMaskedLM"], "hidden_size": {{Hidden}}, "num_attention_heads": 12, "intermediate_size": {{FeedForward}},
              "num_hidden_layers": {{Layers}}, "vocab_size": {{Vocabulary}}, "max_position_embeddings": 512, "type_vocab_size": 2, "hidden_act": "gelu"
            }
            """));
        File.Copy(Path.Combine(SharedData.Require("models", "bundled-embedder"), "vocab.txt"), Path.Combine(folder, "vocab.txt"));
    }

    private sealed class Nothing : IModelOutputs
    {
        public void Tokens(string name, Rows values, int column = -1)
        {
        }

        public void Sequences(string name, Rows values, int column = -1)
        {
        }

        public void Attention(int layer, int sequence, int head, Rows probabilities)
        {
        }
    }
}
