using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A context in windows, each with start and end logits.</summary>
/// <param name="count">Number of windows.</param>
/// <param name="windowAt">What the model reads.</param>
/// <param name="reader">Takes a window's logits.</param>
/// <param name="finish">Makes the result.</param>
internal sealed class SpanReading<TResult>(int count, Func<int, TokenEncoding> windowAt, SpanReader reader, Func<TResult> finish) : WindowedReading<TResult>
{
    public override int Count => count;

    public override TokenEncoding Window(int window) => windowAt(window);

    public override void Accept(int window, Rows logits)
    {
        var start = new float[logits.Count];
        var end = new float[logits.Count];
        for (int token = 0; token < logits.Count; token++) (start[token], end[token]) = (logits[token][0], logits[token][1]);
        reader(window, start, end);
    }

    public override TResult Finish() => finish();
}
