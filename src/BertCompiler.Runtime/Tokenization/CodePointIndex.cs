namespace BertCompiler.Tokenization;

/// <summary>Turns places in UTF-16 units into places in code points. A lone half of a surrogate pair counts as one code point.</summary>
internal readonly struct CodePointIndex
{
    /// <summary>Code points before each unit, or null where every unit is a code point.</summary>
    private readonly int[]? _before;

    public CodePointIndex(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return;
        _before = new int[text.Length + 1];
        int count = 0;
        for (int i = 0; i < text.Length;)
        {
            int units = UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(text, i));
            _before[i] = count++;
            if (units == 2) _before[i + 1] = count;
            i += units;
        }

        _before[text.Length] = count;
    }

    public TextSpan ToCodePoints(TextSpan span) => _before is null ? span : new(_before[span.Start], _before[span.End]);

    /// <summary>Turns places in code points back into places in UTF-16 units.</summary>
    public TextSpan ToUnits(TextSpan span) => _before is null ? span : new(UnitOf(span.Start), UnitOf(span.End));

    /// <summary>The last unit with so many code points before it: the first of that code point.</summary>
    private int UnitOf(int codePoint)
    {
        int low = 0;
        int high = _before!.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_before[middle] <= codePoint) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
