using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A text of which each token's row is wanted once, from the window in which it has the most context.</summary>
/// <param name="windows">The text's windows.</param>
/// <param name="width">Numbers in a row.</param>
/// <param name="finish">Makes the result of the rows.</param>
internal sealed class MergedReading<TResult>(WindowedText windows, int width, Func<MergedRows, TResult> finish) : WindowedReading<TResult>
{
    private readonly MergedRows _rows = new(windows, width);

    public override int Count => windows.Count;

    public override TokenEncoding Window(int window) => windows.Window(window);

    public override void Accept(int window, Rows logits)
    {
        for (int token = 0; token < logits.Count; token++) _rows.Accept(window, token, logits[token]);
    }

    public override TResult Finish() => finish(_rows);
}
