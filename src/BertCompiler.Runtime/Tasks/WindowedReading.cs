using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>One text as a head reads it: in windows, one or several, whose rows come back.</summary>
/// <typeparam name="TResult">What is made of the rows.</typeparam>
internal abstract class WindowedReading<TResult>
{
    /// <summary>Number of windows, 1 at least.</summary>
    public abstract int Count { get; }

    /// <summary>What the model reads; each window is asked for once, in order.</summary>
    public abstract TokenEncoding Window(int window);

    /// <summary>Takes the scores of a window's tokens, [n, columns], which are only there during the call. Windows come in order.</summary>
    public abstract void Accept(int window, Rows logits);

    /// <summary>The result, once all windows were taken.</summary>
    public abstract TResult Finish();
}
