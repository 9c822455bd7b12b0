using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A program whose logits are whatever a test writes into their rows; its tokens know nothing of each other.</summary>
/// <param name="weights">The tokenizer, and no tensor.</param>
/// <param name="columns">Numbers in a row of logits.</param>
/// <param name="write">Writes a row: of that sequence, or of that token.</param>
/// <param name="options">How many threads there are.</param>
internal sealed class InventedProgram(PackedWeights weights, int columns, Action<TokenBatch, int, Span<float>> write, LoadOptions? options = null) : EncoderProgram(weights, options)
{
    /// <summary>The tokens at which the vocabulary was scored, run by run.</summary>
    public List<int[]> Scored { get; } = [];

    /// <summary>Tokens of the largest run.</summary>
    public int MostTokens { get; private set; }

    public override void Encode(TokenBatch batch, Workspace work, IModelOutputs? outputs) => MostTokens = Math.Max(MostTokens, batch.TokenCount);

    public override Rows TokenStates(TokenBatch batch, Workspace work) => default;

    public override Rows SequenceLogits(TokenBatch batch, Workspace work) => Write(batch, work.Rows(0, batch.Count, columns));

    public override Rows TokenLogits(TokenBatch batch, Workspace work) => Write(batch, work.Rows(0, batch.TokenCount, columns));

    public override Rows VocabularyLogits(TokenBatch batch, Workspace work, ReadOnlySpan<int> tokens)
    {
        Scored.Add(tokens.ToArray());
        Rows rows = work.Rows(0, tokens.Length, columns);
        for (int i = 0; i < tokens.Length; i++)
        {
            rows[i].Clear();
            write(batch, tokens[i], rows[i]);
        }

        return rows;
    }

    public override void Deliver(TokenBatch batch, Workspace work, IModelOutputs outputs)
    {
    }

    private Rows Write(TokenBatch batch, Rows rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].Clear();
            write(batch, i, rows[i]);
        }

        return rows;
    }
}
