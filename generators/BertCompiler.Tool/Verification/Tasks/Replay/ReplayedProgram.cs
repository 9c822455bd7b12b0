using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Tool.Verification.Tasks.Replay;

/// <summary>A program that looks its logits up instead of computing them.</summary>
internal sealed class ReplayedProgram(PackedWeights weights, StoredLogits logits, LoadOptions? options = null) : EncoderProgram(weights, options)
{
    /// <summary>The name under which scores are stored.</summary>
    public const string Scores = "logits";

    /// <summary>The names under which the two scores of spans are stored, in the order of their columns.</summary>
    public static readonly string[] Spans = ["start_logits", "end_logits"];

    public override void Encode(TokenBatch batch, Workspace work, IModelOutputs? outputs)
    {
    }

    public override Rows TokenStates(TokenBatch batch, Workspace work) => throw new NotSupportedException("hidden states are not stored");

    public override Rows SequenceLogits(TokenBatch batch, Workspace work) => logits.OfSequences(Scores, batch, work);

    public override Rows TokenLogits(TokenBatch batch, Workspace work) =>
        logits.Has(Scores, batch.Ids[..batch.LengthOf(0)]) ? logits.OfTokens([Scores], batch, work) : logits.OfTokens(Spans, batch, work);

    public override Rows VocabularyLogits(TokenBatch batch, Workspace work, ReadOnlySpan<int> tokens)
    {
        Rows all = logits.OfTokens([Scores], batch, work);
        Rows chosen = work.Rows(1, tokens.Length, all.Columns);
        Gather.Rows(all, tokens, chosen);
        return chosen;
    }

    /// <summary>All scores of a sequence as one row, also where they are those of its tokens.</summary>
    public override void Deliver(TokenBatch batch, Workspace work, IModelOutputs outputs) => outputs.Sequences(Scores, SequenceLogits(batch, work));
}
