using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>Disposes of the model when its first result comes, and then reads the result.</summary>
internal sealed class DisposingOutputs(EncoderModel model, Action<float[]> first) : IModelOutputs
{
    public void Tokens(string name, Rows values, int column = -1)
    {
        model.Dispose();
        first(values[0].ToArray());
    }

    public void Sequences(string name, Rows values, int column = -1)
    {
    }

    public void Attention(int layer, int sequence, int head, Rows probabilities)
    {
    }
}
