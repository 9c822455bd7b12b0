using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A text that is tagged by the rules of transformers' pipeline: each window's logits are kept, and aggregated together.</summary>
/// <param name="windows">What the model reads.</param>
/// <param name="read">The same windows with places in the text, and room for their logits.</param>
/// <param name="width">Labels.</param>
/// <param name="finish">Makes the result.</param>
internal sealed class TaggedReading<TResult>(IReadOnlyList<TokenEncoding> windows, TaggedWindow[] read, int width, Func<TaggedWindow[], TResult> finish) : WindowedReading<TResult>
{
    public override int Count => windows.Count;

    public override TokenEncoding Window(int window) => windows[window];

    public override void Accept(int window, Rows logits)
    {
        for (int token = 0; token < logits.Count; token++) logits[token].CopyTo(read[window].Logits.AsSpan(token * width));
    }

    public override TResult Finish() => finish(read);
}
