using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A text with masks, read in one window.</summary>
/// <param name="tokenizer">Writes ids as text.</param>
/// <param name="encoding">The text.</param>
/// <param name="allowed">The only ids that count, ascending; null: all.</param>
/// <param name="top">How many words for each mask.</param>
internal sealed class MaskReading(Tokenizer tokenizer, TokenEncoding encoding, int[]? allowed, int top) : WindowedReading<IReadOnlyList<MaskPrediction>>
{
    private readonly int[] _ids = encoding.Ids();
    private readonly List<MaskPrediction> _predictions = [];

    public override int Count => 1;

    /// <summary>Number of masks in what is read.</summary>
    public int Masks => _ids.AsSpan().Count(tokenizer.MaskId);

    public override TokenEncoding Window(int window) => encoding;

    public override void Accept(string output, int window, int token, ReadOnlySpan<float> row)
    {
        if (_ids[token] != tokenizer.MaskId) return;
        var candidates = new MaskDecoder(tokenizer, _ids, token, keepSpecials: Masks > 1).Decode(row, allowed, top);
        _predictions.Add(new MaskPrediction(encoding.Tokens[token].Span, token, candidates, encoding.IsTruncated));
    }

    public override IReadOnlyList<MaskPrediction> Finish() => _predictions;
}
