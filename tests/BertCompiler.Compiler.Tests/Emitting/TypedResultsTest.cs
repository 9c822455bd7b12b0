using BertCompiler.Core.Plan;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Compiler.Tests.Emitting;

/// <summary>
/// Results come by typed calls, of which each computes what it needs and no more, or all together by their names: the same bits. So has a row
/// of the vocabulary's scores that was asked for alone, or among others in another order.
/// </summary>
public sealed class TypedResultsTest
{
    [SharedTheory]
    [InlineData("bert_mlm_tied", "logits")]
    [InlineData("bert_pretraining_decoder_stored", "prediction_logits")]
    [InlineData("distilbert_mlm_relu", "logits")]
    [InlineData("electra_generator_untied", "logits")]
    [InlineData("mpnet_mlm_relu", "logits")]
    [InlineData("roberta_mlm_untied", "logits")]
    public void Chosen_rows_of_the_vocabulary_are_those_of_all(string folder, string name)
    {
        using EncoderModel model = Load(folder);
        float[] all = Named(model)[name];
        int width = model.Facts.Vocabulary;
        foreach (int[] tokens in (int[][])[[9], [0], [3, 8], [7, 2, 2, 5], [.. Enumerable.Range(0, 10)]])
        {
            Run(model, (program, work) =>
            {
                Rows rows = program.VocabularyLogits(work.Batch, work, tokens);
                Assert.Equal((tokens.Length, width), (rows.Count, rows.Columns));
                for (int i = 0; i < tokens.Length; i++) Assert.True(rows[i].SequenceEqual(all.AsSpan(tokens[i] * width, width)), $"token {tokens[i]} of {tokens.Length}");
            });
        }
    }

    [SharedFact]
    public void Both_parts_of_pre_training_are_asked_for_in_any_order()
    {
        using EncoderModel model = Load("bert_pretraining_decoder_stored");
        IReadOnlyDictionary<string, float[]> named = Named(model);
        Run(model, (program, work) => Equal(named["seq_relationship_logits"], program.SequenceLogits(work.Batch, work)));
        Run(model, (program, work) =>
        {
            Equal(named["prediction_logits"], program.VocabularyLogits(work.Batch, work, work.EveryToken));
            Equal(named["seq_relationship_logits"], program.SequenceLogits(work.Batch, work));
            Equal(named["prediction_logits"], program.VocabularyLogits(work.Batch, work, work.EveryToken));
            Equal(named["last_hidden_state"], program.TokenStates(work.Batch, work));
        });
    }

    [SharedFact]
    public void Scores_of_tokens_and_of_sequences_are_those_by_name()
    {
        using EncoderModel classifier = Load("roberta_seqcls_multi");
        Run(classifier, (program, work) => Equal(Named(classifier)["logits"], program.SequenceLogits(work.Batch, work)));
        using EncoderModel tagger = Load("camembert_tokcls");
        Run(tagger, (program, work) => Equal(Named(tagger)["logits"], program.TokenLogits(work.Batch, work)));
        using EncoderModel answerer = Load("bert_qa");
        IReadOnlyDictionary<string, float[]> spans = Named(answerer);
        Run(answerer, (program, work) => Equal([.. spans["start_logits"].Zip(spans["end_logits"]).SelectMany(s => (float[])[s.First, s.Second])], program.TokenLogits(work.Batch, work)));
    }

    [SharedFact]
    public void A_result_that_the_model_does_not_have_is_refused()
    {
        using EncoderModel model = Load("bert_qa");
        Run(model, (program, work) =>
        {
            Assert.Throws<NotSupportedException>(() => program.SequenceLogits(work.Batch, work));
            Assert.Throws<NotSupportedException>(() => program.VocabularyLogits(work.Batch, work, [0]));
            Assert.Throws<NotSupportedException>(() => program.SentenceEmbeddings(work.Batch, work, 0));
        });
    }

    private static EncoderModel Load(string folder) => ModelCache.OfUser.Get(SharedData.Require("golden", "models", folder), Taps.None).Load();

    private static TokenBatch Batch()
    {
        var batch = new TokenBatch();
        batch.Add([0, 5, 7, 9, 11, 2]);
        batch.Add([0, 3, 2]);
        batch.Add([4]);
        return batch;
    }

    private static IReadOnlyDictionary<string, float[]> Named(EncoderModel model)
    {
        var outputs = new CapturedOutputs();
        model.Run(Batch(), outputs);
        return outputs.All;
    }

    private static void Run(EncoderModel model, Action<EncoderProgram, Workspace> check)
    {
        Workspace work = model.Program.Rent(model, default);
        try
        {
            work.Batch.CopyFrom(Batch());
            model.Program.Encode(work.Batch, work, outputs: null);
            check(model.Program, work);
        }
        finally
        {
            model.Program.Return(work);
        }
    }

    private static void Equal(ReadOnlySpan<float> expected, Rows rows)
    {
        Assert.Equal(expected.Length, rows.Count * rows.Columns);
        for (int i = 0; i < rows.Count; i++) Assert.True(rows[i].SequenceEqual(expected.Slice(i * rows.Columns, rows.Columns)), $"row {i}");
    }
}
