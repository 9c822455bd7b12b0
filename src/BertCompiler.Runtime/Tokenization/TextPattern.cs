using System.Buffers;
using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// What Replace and Split look for: a text, or alternatives of the shape of <see cref="PatternAlternative"/>, the first that matches at a
/// place. Patterns that cannot be said this way are refused when a model is compiled, so no regular expression is ever run.
/// </summary>
/// <remarks>Time is linear in the text: the least count that an alternative asks for is small. Safe for several threads at once.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextPattern
{
    /// <summary>The greatest <see cref="PatternAlternative.Least"/>.</summary>
    internal const int MostLeast = 64;

    private readonly byte[] _text = [];
    private readonly PatternItem[] _items = [];

    /// <summary>The bytes of UTF-8 with which a match can begin.</summary>
    private readonly SearchValues<byte>? _firstBytes;

    /// <summary>Looks for a text.</summary>
    /// <param name="text">The text; not empty.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty.</exception>
    public TextPattern(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _text = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Looks for alternatives.</summary>
    /// <param name="alternatives">In order; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or the counts of one are outside of what <see cref="PatternAlternative"/> says.</exception>
    public TextPattern(params PatternAlternative[] alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        if (alternatives.Length == 0) throw new ArgumentException("a pattern needs at least one alternative", nameof(alternatives));
        _items = new PatternItem[alternatives.Length];
        for (int i = 0; i < alternatives.Length; i++)
        {
            PatternAlternative item = alternatives[i];
            if (item.Characters is null || item.Least is < 1 or > MostLeast || item.Most < item.Least)
            {
                throw new ArgumentException(
                    $"alternative {i} of a pattern counts {item.Least} to {item.Most} code points; expected 1 to {MostLeast} at least, and at most not less than that", nameof(alternatives));
            }

            _items[i] = new(item);
        }

        // A character so many times is looked for as a text.
        if (_items.Length == 1 && _items[0].OnlyAscii is >= 0 and int only)
        {
            _text = new byte[alternatives[0].Least];
            Array.Fill(_text, (byte)only);
        }
        else
        {
            _firstBytes = SearchValues.Create(FirstBytes());
        }
    }

    /// <summary>Finds the first match in text[from … to−1].</summary>
    internal bool TryFind(ReadOnlySpan<byte> text, int from, int to, out TextSpan match)
    {
        text = text[..to];
        match = default;
        while (from < to)
        {
            int next = _firstBytes is null ? text[from..].IndexOf(_text) : text[from..].IndexOfAny(_firstBytes);
            if (next < 0) return false;
            from += next;
            int end = _items.Length == 0 ? from + _text.Length : EndOf(text, from);
            if (end > from)
            {
                match = new(from, end);
                return true;
            }

            Utf8Text.CodePointAt(text, from, out int length);
            from += length;
        }

        return false;
    }

    private int EndOf(ReadOnlySpan<byte> text, int at)
    {
        foreach (PatternItem item in _items)
        {
            int end = item.EndOf(text, at);
            if (end >= 0) return end;
        }

        return -1;
    }

    /// <summary>ASCII characters of the alternatives, and all other bytes where others may match.</summary>
    private byte[] FirstBytes()
    {
        var bytes = new List<byte>();
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            bool others = value >= Utf8Text.FirstNonAscii;
            foreach (PatternItem item in _items)
            {
                if (others ? !item.IsAscii : item.ContainsAscii(value))
                {
                    bytes.Add((byte)value);
                    break;
                }
            }
        }

        return [.. bytes];
    }
}
