using BertCompiler.Kernels;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A token classifier that gives each id of <see cref="LetterTokenizer"/> one label, sure of it; others get label 0. Counts its runs.</summary>
internal sealed class LetterTagger(ReplayWeights weights, int maxTokens, string[] labels, Dictionary<string, string> byToken, LoadOptions? options = null)
    : TokenClassifier(weights.Open(), weights.Facts("letters", LetterTokenizer.Vocabulary.Length, maxTokens), new HeadFacts { Labels = labels }, options)
{
    private int _mostTokens;

    /// <summary>Tokens of the largest run.</summary>
    public int MostTokens => _mostTokens;

    protected override Rows Forward(TokenBatch batch, Workspace work, IModelOutputs? outputs) => default;

    protected override void ComputeResults(TokenBatch batch, Workspace work, IModelOutputs outputs)
    {
        _mostTokens = Math.Max(_mostTokens, batch.TokenCount);
        Rows rows = work.Rows(0, batch.TokenCount, labels.Length);
        for (int i = 0; i < batch.TokenCount; i++)
        {
            rows[i].Clear();
            int label = byToken.TryGetValue(LetterTokenizer.Vocabulary[batch.Ids[i]], out string? own) ? Array.IndexOf(labels, own) : 0;
            rows[i][label] = 10;
        }

        outputs.Tokens("logits", rows);
    }
}
