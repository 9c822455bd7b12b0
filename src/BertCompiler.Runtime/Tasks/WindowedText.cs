using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>The tokens of a whole text, and the overlapping windows in which a model reads it; a window is put together when it is asked for.</summary>
internal sealed class WindowedText
{
    private readonly Token[] _leading;
    private readonly Token[] _trailing;
    private readonly int _room;

    /// <param name="whole">The text's encoding, nothing cut off.</param>
    /// <param name="maxTokens">The most tokens of a window, special tokens included.</param>
    /// <param name="stride">Tokens that neighbours share, less than a window has room for.</param>
    /// <param name="firstOnly">Whether only the first window is read.</param>
    /// <param name="side">At which end the text is cut then.</param>
    public WindowedText(TokenEncoding whole, int maxTokens, int stride, bool firstOnly = false, TextSide side = TextSide.Right)
    {
        Token[] all = [.. whole.Tokens];
        int first = Array.FindIndex(all, t => t.Kind == TokenKind.Text);
        int end = Array.FindLastIndex(all, t => t.Kind == TokenKind.Text) + 1;
        if (first < 0) first = end = all.Length;
        _leading = all[..first];
        _trailing = all[end..];
        _room = maxTokens - _leading.Length - _trailing.Length;
        int kept = firstOnly ? Math.Min(end - first, _room) : end - first;
        Tokens = side == TextSide.Right ? all[first..(first + kept)] : all[(end - kept)..end];
        Step = _room - stride;
        Count = Tokens.Length <= _room ? 1 : 1 + ((Tokens.Length - _room + Step - 1) / Step);
    }

    /// <summary>The text's tokens, [N], those of the template left out.</summary>
    public Token[] Tokens { get; }

    /// <summary>Number of windows, 1 at least.</summary>
    public int Count { get; }

    /// <summary>Tokens of the text from the beginning of one window to that of the next.</summary>
    public int Step { get; }

    /// <summary>Special tokens before the text in each window.</summary>
    public int Leading => _leading.Length;

    /// <summary>Tokens of the text in a window.</summary>
    public int LengthOf(int window) => Math.Min(_room, Tokens.Length - (window * Step));

    /// <summary>A window with its special tokens.</summary>
    public TokenEncoding Window(int window)
    {
        int start = window * Step;
        Token[] tokens = [.. _leading, .. Tokens.AsSpan(start, LengthOf(window)), .. _trailing];
        return new TokenEncoding(tokens, isTruncated: false, overflow: null);
    }
}
