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

    /// <summary>Takes a row. Rows of one result come window by window; a group of windows gives one result after another.</summary>
    public abstract void Accept(string output, int window, int token, ReadOnlySpan<float> row);

    /// <summary>The result, once all rows were taken.</summary>
    public abstract TResult Finish();
}
