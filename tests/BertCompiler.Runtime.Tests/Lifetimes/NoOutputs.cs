using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>Takes results and forgets them.</summary>
internal sealed class NoOutputs : IModelOutputs
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
