namespace BertCompiler.Tokenization;

/// <summary>
/// Writes spaces as a visible character, puts one before each piece, and splits before each (Hugging Face tokenizers,
/// pre_tokenizers/metaspace.rs).
/// </summary>
internal static class MetaspacePreTokenizer
{
    public static void Apply(SplitText text, char replacement, PrependScheme prepend, bool split)
    {
        Span<byte> buffer = stackalloc byte[Utf8Bytes.Most];
        ReadOnlySpan<byte> mark = buffer[..Utf8Bytes.Write(replacement, buffer)];
        SplitList output = text.NextPieces();
        NormalizedText source = text.Text;
        NormalizedText target = text.NextText();
        ReadOnlySpan<byte> bytes = source.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int done = text.Pieces.StartOf(p);
            ReadOnlySpan<byte> piece = bytes[..text.Pieces.EndOf(p)];
            int start = target.Length;
            bool marked = piece[done] == ' ' || piece[done..].StartsWith(mark);
            if (!marked && (prepend == PrependScheme.Always || (prepend == PrependScheme.First && source.StartOf(done) == 0)))
            {
                target.AppendBytes(mark, source.StartOf(done), source.EndOf(done));
            }

            while (NextMark(piece, done, mark) is >= 0 and int at)
            {
                target.AppendFrom(source, done, at);
                if (split)
                {
                    output.Add(start, target.Length);
                    start = target.Length;
                }

                target.AppendBytes(mark, source.StartOf(at), source.EndOf(at));
                done = at + (piece[at] == ' ' ? 1 : mark.Length);
            }

            target.AppendFrom(source, done, piece.Length);
            output.Add(start, target.Length);
        }

        text.TakeText();
    }

    /// <summary>The first space or mark from <paramref name="from"/> on, or −1.</summary>
    private static int NextMark(ReadOnlySpan<byte> piece, int from, ReadOnlySpan<byte> mark)
    {
        while (piece[from..].IndexOfAny((byte)' ', mark[0]) is >= 0 and int next)
        {
            from += next;
            if (piece[from] == ' ' || piece[from..].StartsWith(mark)) return from;
            from++;
        }

        return -1;
    }
}
