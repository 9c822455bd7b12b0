namespace BertCompiler.Tool.Importers.Json;

/// <summary>Line and column of a byte in a UTF-8 text, counted forward only: one pass over the text serves every value.</summary>
internal sealed class TextPlace
{
    private int _at;

    /// <summary>From 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>From 1, in characters.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>Moves on to byte <paramref name="target"/>; a place that lies behind is left as it is.</summary>
    public void AdvanceTo(ReadOnlySpan<byte> text, long target)
    {
        int end = (int)Math.Min(target, text.Length);
        for (; _at < end; _at++)
        {
            byte b = text[_at];
            if (b == '\n') (Line, Column) = (Line + 1, 1);
            else if ((b & 0xC0) != 0x80) Column++;
        }
    }
}
