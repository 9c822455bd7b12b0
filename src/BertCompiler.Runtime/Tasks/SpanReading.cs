using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A context in windows, each with start and end logits. All starts of a group of windows come before its ends.</summary>
/// <param name="count">Number of windows.</param>
/// <param name="windowAt">What the model reads.</param>
/// <param name="reader">Takes a window when both of its logits are known.</param>
/// <param name="finish">Makes the result.</param>
internal sealed class SpanReading<TResult>(int count, Func<int, TokenEncoding> windowAt, SpanReader reader, Func<TResult> finish) : WindowedReading<TResult>
{
    private readonly float[]?[] _starts = new float[count][];
    private float[] _end = [];

    public override int Count => count;

    public override TokenEncoding Window(int window)
    {
        TokenEncoding encoding = windowAt(window);
        _starts[window] = new float[encoding.Count];
        return encoding;
    }

    public override void Accept(string output, int window, int token, ReadOnlySpan<float> row)
    {
        float[] starts = _starts[window]!;
        if (output == QuestionAnswerer.StartLogits)
        {
            starts[token] = row[0];
            return;
        }

        if (token == 0) _end = new float[starts.Length];
        _end[token] = row[0];
        if (token + 1 < _end.Length) return;
        reader(window, starts, _end);
        _starts[window] = null;
    }

    public override TResult Finish() => finish();
}
