namespace BertCompiler.Tasks;

/// <summary>
/// Rows of a whole text from overlapping windows: a token's row is that of the window in which it has the most context, min(left, right) +
/// 0.01·length, of equals the first (the rule of google-research/bert, run_squad.py).
/// </summary>
/// <param name="text">The text's windows.</param>
/// <param name="width">Numbers in a row.</param>
internal sealed class MergedRows(WindowedText text, int width)
{
    private readonly int[] _owner = Owners(text);
    private readonly float[] _values = new float[checked(text.Tokens.Length * width)];

    /// <summary>Row of a token of the text, [width].</summary>
    public ReadOnlySpan<float> this[int token] => _values.AsSpan(token * width, width);

    /// <summary>Takes a row of a window; rows of the template's tokens, and those that another window knows better, are passed over.</summary>
    public void Accept(int window, int token, ReadOnlySpan<float> row)
    {
        int place = token - text.Leading;
        if (place < 0 || place >= text.LengthOf(window)) return;
        int at = (window * text.Step) + place;
        if (_owner[at] == window) row.CopyTo(_values.AsSpan(at * width));
    }

    private static int[] Owners(WindowedText text)
    {
        var owner = new int[text.Tokens.Length];
        var context = new double[owner.Length];
        Array.Fill(context, -1);
        for (int w = 0; w < text.Count; w++)
        {
            int length = text.LengthOf(w);
            for (int i = 0; i < length; i++)
            {
                int at = (w * text.Step) + i;
                double own = Math.Min(i, length - 1 - i) + (0.01 * length);
                if (own <= context[at]) continue;
                context[at] = own;
                owner[at] = w;
            }
        }

        return owner;
    }
}
