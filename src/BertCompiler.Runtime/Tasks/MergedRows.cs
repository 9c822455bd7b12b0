using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// Rows of a whole text from overlapping windows: a token's row is that of the window in which it has the most context, min(left, right) +
/// 0.01·length, of equals the first (the rule of google-research/bert, run_squad.py).
/// </summary>
internal sealed class MergedRows
{
    private readonly IReadOnlyList<TokenEncoding> _windows;
    private readonly int[] _owner;
    private readonly int _leading;
    private readonly int _step;

    /// <param name="windows">The windows of one text, all but the last equally long.</param>
    /// <param name="stride">Tokens that neighbours share.</param>
    /// <param name="width">Numbers in a row.</param>
    public MergedRows(IReadOnlyList<TokenEncoding> windows, int stride, int width)
    {
        _windows = windows;
        Width = width;
        IReadOnlyList<Token> first = windows[0].Tokens;
        while (_leading < first.Count && first[_leading].Kind != TokenKind.Text) _leading++;
        int length = TextTokens(windows[0]);
        _step = length - stride;
        int total = windows.Count == 1 ? length : ((windows.Count - 1) * _step) + TextTokens(windows[^1]);
        Tokens = new Token[total];
        Values = new float[(long)total * width];
        _owner = new int[total];
        Assign();
    }

    public int Width { get; }

    /// <summary>The text's tokens, [N], those of the template left out.</summary>
    public Token[] Tokens { get; }

    /// <summary>[N, Width].</summary>
    public float[] Values { get; }

    public ReadOnlySpan<float> this[int token] => Values.AsSpan(token * Width, Width);

    /// <summary>Takes a row of a window; rows of the template's tokens, and those that another window knows better, are passed over.</summary>
    public void Accept(int window, int token, ReadOnlySpan<float> row)
    {
        if (_windows[window].Tokens[token].Kind != TokenKind.Text) return;
        int at = (window * _step) + token - _leading;
        if (_owner[at] == window) row.CopyTo(Values.AsSpan(at * Width));
    }

    private void Assign()
    {
        var context = new double[Tokens.Length];
        Array.Fill(context, -1);
        for (int w = 0; w < _windows.Count; w++)
        {
            int length = TextTokens(_windows[w]);
            for (int i = 0; i < length; i++)
            {
                int at = (w * _step) + i;
                double own = Math.Min(i, length - 1 - i) + (0.01 * length);
                if (own <= context[at]) continue;
                context[at] = own;
                _owner[at] = w;
                Tokens[at] = _windows[w].Tokens[_leading + i];
            }
        }
    }

    private static int TextTokens(TokenEncoding window)
    {
        int count = 0;
        foreach (Token token in window.Tokens) count += token.Kind == TokenKind.Text ? 1 : 0;
        return count;
    }
}
