namespace BertCompiler.Kernels;

/// <summary>Takes attention probabilities out of a model that was compiled with taps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAttentionTap
{
    /// <summary>Called once for each sequence and head, on the calling thread, in order.</summary>
    /// <param name="sequence">Which sequence of the batch.</param>
    /// <param name="head">Which head.</param>
    /// <param name="probabilities">[n,n]: row i is what token i attends to, and sums to 1. Valid during the call only.</param>
    void Accept(int sequence, int head, Rows probabilities);
}
