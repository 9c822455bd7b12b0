using BertCompiler.Kernels;

namespace BertCompiler;

/// <summary>
/// Takes a model's results as they become ready, by their Hugging Face names: for tools and analyses. What is handed over is only there during
/// the call: copy what is to stay.
/// </summary>
/// <remarks>
/// <see cref="Rows"/> are a view of the run's own memory. The next result may be computed in the same place, the next call of the model writes it
/// again, and disposing of the model gives it back; nothing is copied, so nothing can notice a view that was kept.
/// </remarks>
public interface IModelOutputs
{
    /// <summary>A result with a row for each token of the batch.</summary>
    /// <param name="name">Its Hugging Face name, <c>last_hidden_state</c>.</param>
    /// <param name="values">[T, width].</param>
    /// <param name="column">The one column that is meant; −1: all.</param>
    void Tokens(string name, Rows values, int column = -1);

    /// <summary>A result with a row for each sequence of the batch.</summary>
    /// <inheritdoc cref="Tokens"/>
    void Sequences(string name, Rows values, int column = -1);

    /// <summary>Attention probabilities of one layer, sequence and head.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="sequence">The sequence of the batch, from 0.</param>
    /// <param name="head">The head, from 0.</param>
    /// <param name="probabilities">[n,n]: row = query, column = key.</param>
    void Attention(int layer, int sequence, int head, Rows probabilities);
}
