namespace BertCompiler.Tokenization;

/// <summary>A text that is being split: its pieces, and the text that they lie in, which a step may write anew. The steps of
/// splitting work on it in place. It is reused.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class SplitText
{
    private NormalizedText _own = new();
    private NormalizedText _spare = new();
    private SplitList _pieces = new();
    private SplitList _next = new();

    internal SplitText()
    {
    }

    /// <summary>The text that <see cref="Pieces"/> lie in.</summary>
    internal NormalizedText Text { get; private set; } = null!;

    internal SplitList Pieces => _pieces;

    /// <summary>Begins with bytes from … to−1 of <paramref name="text"/> as the one piece. The text is never written to.</summary>
    internal void Begin(NormalizedText text, int from, int to)
    {
        Text = text;
        _pieces.Clear();
        _pieces.Add(from, to);
    }

    /// <summary>An empty list for the pieces of the next step.</summary>
    internal SplitList NextPieces()
    {
        _next.Clear();
        return _next;
    }

    /// <summary>An empty text for a step that writes the pieces anew.</summary>
    internal NormalizedText NextText()
    {
        _spare.Reset(Text.Tracks);
        return _spare;
    }

    /// <summary>The pieces in <see cref="NextPieces"/> take the place of the present ones.</summary>
    internal void TakePieces()
    {
        (_pieces, _next) = (_next, _pieces);
        _next.GrowTo(_pieces);
    }

    /// <summary>As <see cref="TakePieces"/>, and they lie in <see cref="NextText"/>.</summary>
    internal void TakeText()
    {
        TakePieces();
        (_own, _spare) = (_spare, _own);
        _spare.GrowTo(_own);
        Text = _own;
    }
}
