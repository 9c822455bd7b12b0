using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Testing;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Commands.Running;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>What <c>bertc run</c> makes of inputs: padding, holes, empty rows, and everything that does not fit the model.</summary>
public sealed class BatchRunnerTests
{
    private static readonly string _bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    public static TheoryData<string> Faults => [.. Wrong.Keys];

    /// <summary>Inputs that do not fit, and what the message must name.</summary>
    private static Dictionary<string, (TensorData[] Tensors, string Message)> Wrong { get; } = new(StringComparer.Ordinal)
    {
        ["no group"] = ([Ids("x", [1], 1)], "no tensor is called NAME.input_ids"),
        ["mask alone"] = ([Ids("a.attention_mask", [1], 1, 1)], "'a.attention_mask' is there, 'a.input_ids' is missing"),
        ["types alone"] = ([Ids("a.token_type_ids", [0], 1, 1)], "'a.token_type_ids' is there, 'a.input_ids' is missing"),
        ["floats"] = ([TensorData.OfSingles("a.input_ids", [1f], 1, 1)], "'a.input_ids' holds F32; expected I64"),
        ["one dimension"] = ([Ids("a.input_ids", [1, 2], 2)], "'a.input_ids' has the shape [2]; expected [B,T]"),
        ["three dimensions"] = ([Ids("a.input_ids", [1, 2], 1, 1, 2)], "'a.input_ids' has the shape [1, 1, 2]; expected [B,T]"),
        ["mask of another shape"] = ([Ids("a.input_ids", [1, 2], 1, 2), Ids("a.attention_mask", [1, 1], 2, 1)], "'a.attention_mask' has the shape [2, 1]; expected [1, 2]"),
        ["mask of 2"] = ([Ids("a.input_ids", [1, 2], 1, 2), Ids("a.attention_mask", [1, 2], 1, 2)], "'a.attention_mask' [0, 1] is 2; expected 0 or 1"),
        ["id too great"] = ([Ids("a.input_ids", [1, 2, 3, 30522], 2, 2)], "'a.input_ids' [1, 1] is 30522; the model has the rows 0 to 30521"),
        ["id negative"] = ([Ids("a.input_ids", [1, -1], 1, 2)], "'a.input_ids' [0, 1] is -1"),
        ["type too great"] = ([Ids("a.input_ids", [1], 1, 1), Ids("a.token_type_ids", [2], 1, 1)], "'a.token_type_ids' [0, 0] is 2"),
        ["task types alone"] = ([Ids("a.task_type_ids", [0], 1, 1)], "'a.task_type_ids' is there, 'a.input_ids' is missing"),
        ["task types of another shape"] = ([Ids("a.input_ids", [1, 2], 1, 2), Ids("a.task_type_ids", [0, 0], 2, 1)], "'a.task_type_ids' has the shape [2, 1]; expected [1, 2]"),
        ["task type too great"] = ([Ids("a.input_ids", [1], 1, 1), Ids("a.task_type_ids", [1], 1, 1)], "'a.task_type_ids' [0, 0] is 1"),
        ["too long"] = ([Ids("a.input_ids", new long[513], 1, 513)], "rows of 513 tokens; the model has"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_does_not_fit_is_named_and_nothing_is_written(string name)
    {
        (TensorData[] tensors, string message) = Wrong[name];
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"], tensors);
        CommandException fault = Assert.Throws<CommandException>(() => Run(_bundled, folder, Taps.None));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder["in"], fault.Message, StringComparison.Ordinal);
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Padding_is_zero_and_leaves_the_other_numbers_alone()
    {
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"],
        [
            Ids("padded.input_ids", [101, 2748, 102, 0, 0, 101, 2748, 2748, 2748, 102, 5, 5, 5, 5, 5], 3, 5),
            Ids("padded.attention_mask", [1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], 3, 5),
            Ids("alone.input_ids", [101, 2748, 102], 1, 3),
        ]);
        Run(_bundled, folder, Taps.Hidden | Taps.Attention);
        using SafeTensorsFile results = SafeTensorsFile.Open(folder["out"]);
        float[] padded = results.ReadSingles(results.Find("padded.last_hidden_state")!);
        float[] alone = results.ReadSingles(results.Find("alone.last_hidden_state")!);
        int hidden = alone.Length / 3;
        Assert.Equal(alone, padded[..alone.Length]);
        Assert.All(padded[alone.Length..(5 * hidden)], x => Assert.Equal(0f, x));
        Assert.All(padded[(10 * hidden)..], x => Assert.Equal(0f, x));

        float[] attention = results.ReadSingles(results.Find("padded.attentions.0")!);
        for (int query = 0; query < 5; query++)
        {
            float[] row = attention[(query * 5)..((query + 1) * 5)];
            Assert.Equal(query < 3 ? 1 : 0, row.Sum(), 1e-5);
            Assert.Equal(0f, row[3] + row[4]);
        }
    }

    /// <summary>Padding in the middle and at the end is left out of the task types as it is of the ids; a model without a table of positions takes texts of any length.</summary>
    [Fact]
    public void Task_types_go_with_their_tokens_and_without_positions_a_text_may_be_long()
    {
        using var folder = new TemporaryFolder();
        long[] mask = [.. Enumerable.Repeat(1L, 600)];
        (mask[1], mask[599]) = (0, 0);
        SafeTensorsWriter.Write(folder["in"],
        [
            Ids("a.input_ids", [.. Enumerable.Range(0, 600).Select(i => (long)i)], 1, 600),
            Ids("a.attention_mask", mask, 1, 600),
            Ids("a.task_type_ids", [.. Enumerable.Range(0, 600).Select(i => (long)(i % 4))], 1, 600),
        ]);
        ModelSpec spec = ModelCache.OfUser.Get(_bundled, Taps.None).Import.Manifest!.Spec;
        spec = spec with { Embedding = spec.Embedding with { Positions = 0, TaskTypes = 4 } };
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["in"]);
        InputGroup group = Assert.Single(new InputGroupReader(file, spec).Read());
        var chunk = new PaddedChunk(file, spec);
        chunk.Load(group, 0, 1);
        int[] kept = [0, .. Enumerable.Range(2, 597)];
        Assert.Equal(kept, chunk.Batch.Ids);
        Assert.Equal(kept.Select(i => i % 4), chunk.Batch.TaskTypeIds.ToArray());
    }

    [Fact]
    public void Empty_groups_give_empty_results()
    {
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"], [Ids("none.input_ids", [], 0, 3), Ids("empty.input_ids", [], 2, 0)]);
        Run(_bundled, folder, Taps.None);
        using SafeTensorsFile results = SafeTensorsFile.Open(folder["out"]);
        Assert.Equal([0L, 3L, 128L], results.Find("none.last_hidden_state")!.Shape);
        Assert.Equal([2L, 0L, 128L], results.Find("empty.last_hidden_state")!.Shape);
    }

    /// <summary>A model of bucketed distances has no number for a text with a hole in it: the distances over it are not known.</summary>
    [SharedFact]
    public void A_hole_in_a_text_is_refused_where_distances_count()
    {
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"], [Ids("a.input_ids", [0, 5, 2], 1, 3), Ids("a.attention_mask", [1, 0, 1], 1, 3)]);
        CommandException fault = Assert.Throws<CommandException>(() => Run(SharedData.Require("golden", "models", "mpnet_base_pooler"), folder, Taps.None));
        Assert.Contains("'a.attention_mask' [0, 1] is 0", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>RoBERTa's positions begin behind the pad id, so as many rows of the table are never used.</summary>
    [SharedFact]
    public void A_text_longer_than_the_positions_behind_the_pad_id_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"], [Ids("a.input_ids", [.. Enumerable.Repeat(7L, 47)], 1, 47)]);
        CommandException fault = Assert.Throws<CommandException>(() => Run(SharedData.Require("golden", "models", "roberta_base_pooler"), folder, Taps.None));
        Assert.Contains("expected at most 46", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BERTCOMPILER_SIMD", "97", "expected scalar, 128, 256 or 512")]
    [InlineData("BERTCOMPILER_MAX_THREADS", "two", "expected a whole number from 1 to 1024")]
    public void A_variable_that_means_nothing_is_one_sentence(string variable, string value, string problem)
    {
        Bertc.Result result = Bertc.Run("", [new(variable, value)], "embed", _bundled, "--text", "x");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"bertc: {variable}={value}: {problem}", result.Errors.Trim());
    }

    /// <summary>
    /// Padding before a text counts in no mean (Hugging Face averages over mask 1), and takes nothing from the tokens after it. Rotary angles are of places,
    /// which padding moves: the same up to their rounding.
    /// </summary>
    [SharedTheory]
    [InlineData("modernbert_seqcls_mean", "logits")]
    [InlineData("eurobert_seqcls_late", "logits")]
    [InlineData("eurobert_seqcls_mean_biases", "logits")]
    [InlineData("modernbert_tokcls", "logits")]
    [InlineData("deberta_v2_conv_base", "last_hidden_state")]
    public void Padding_before_a_text_changes_no_mean_and_no_token(string name, string result)
    {
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"],
        [
            Ids("padded.input_ids", [0, 0, 0, 5, 9, 12, 7, 3, 0, 0, 5, 9, 12, 7, 3, 0], 2, 8),
            Ids("padded.attention_mask", [0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0], 2, 8),
            Ids("alone.input_ids", [5, 9, 12, 7, 3], 1, 5),
        ]);
        Run(SharedData.Require("golden", "models_beyond", name), folder, Taps.None);
        using SafeTensorsFile results = SafeTensorsFile.Open(folder["out"]);
        float[] padded = results.ReadSingles(results.Find("padded." + result)!);
        float[] alone = results.ReadSingles(results.Find("alone." + result)!);
        int row = padded.Length / 2;
        int width = padded.Length == 2 * alone.Length ? 0 : alone.Length / 5;
        Compare(alone, padded.AsSpan(3 * width, alone.Length).ToArray());
        Compare(alone, padded.AsSpan(row + (2 * width), alone.Length).ToArray());
    }

    /// <summary>A result that is read from the first token is Hugging Face's, of padding: what such a token attends to must be known.</summary>
    [SharedTheory]
    [InlineData("deberta_v2_conv_groups_seqcls")]
    [InlineData("deberta_seqcls_c2p_own_proj")]
    [InlineData("modernbert_seqcls_cls")]
    public void A_first_token_of_padding_that_sees_no_token_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        SafeTensorsWriter.Write(folder["in"], [Ids("a.input_ids", [.. Enumerable.Repeat(5L, 20)], 1, 20), Ids("a.attention_mask", [.. Enumerable.Repeat(0L, 18), 1, 1], 1, 20)]);
        CommandException fault = Assert.Throws<CommandException>(() => Run(SharedData.Require("golden", "models_beyond", name), folder, Taps.None));
        Assert.Contains("'a.attention_mask' [0, 0] is 0; padding stands before the text", fault.Message, StringComparison.Ordinal);
    }

    private static void Compare(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    private static void Run(string model, TemporaryFolder folder, Taps taps) =>
        new BatchRunner(ModelCache.OfUser.Get(model, taps), taps).Run(folder["in"], folder["out"], progress: null, default);

    private static TensorData Ids(string name, long[] values, params long[] shape) => TensorData.OfInt64s(name, values, shape);
}
