namespace BertCompiler.Tokenization;

/// <summary>
/// The normal forms NFD, NFKD, NFC and NFKC of Unicode (UAX #15). Which place each character has follows the library that Hugging Face
/// tokenizers use (n1t0/unicode-normalization): the parts of one character have its place, and an order by combining class moves the
/// marks with what is known of them.
/// </summary>
internal sealed class UnicodeFormNormalizer(UnicodeFormNormalizer.Flags flags) : INormalizer
{
    /// <summary>Below it, no code point decomposes canonically or combines.</summary>
    private const int FirstDecomposed = 0xA0;

    /// <summary>Marks the second and later parts of a decomposed character; above all code points.</summary>
    private const int LaterPart = 1 << 24;

    /// <summary>Which form.</summary>
    [Flags]
    internal enum Flags : uint
    {
        /// <summary>NFD.</summary>
        None = 0,

        /// <summary>K: compatibility decompositions too.</summary>
        Compatible = 1,

        /// <summary>C: composed again.</summary>
        Composed = 2,
    }

    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        scratch.Marks.Clear();
        scratch.Changes.Begin(input, output);
        scratch.Composer.Begin(scratch.Changes);
        ReadOnlySpan<char> text = input.Characters;
        Span<int> hangul = stackalloc int[3];
        for (int i = 0; i < text.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            i += UnicodeTables.UnitsOf(codePoint);
            if (codePoint < FirstDecomposed)
            {
                Take(codePoint, 0, scratch);
                continue;
            }

            CodePointFlags canonical = UnicodeTables.FlagsOf(codePoint);
            if ((flags & Flags.Compatible) != 0 && (UnicodeTables.SetsOf(codePoint) & CodePointSets.Compatible) != 0)
            {
                Take(UnicodeTables.CompatibleDecomposition(codePoint), scratch);
            }
            else if ((canonical & CodePointFlags.Decomposes) != 0) Take(UnicodeTables.Decomposition(codePoint), scratch);
            else if ((canonical & CodePointFlags.Hangul) != 0) Take(hangul[..UnicodeTables.DecomposeHangul(codePoint, hangul)], scratch);
            else Take(codePoint, UnicodeTables.CombiningOfClass(UnicodeTables.ClassOf(codePoint)), scratch);
        }

        Flush(scratch);
        if ((flags & Flags.Composed) != 0) scratch.Composer.End();
        scratch.Changes.End();
    }

    private void Take(ReadOnlySpan<int> parts, TokenizerScratch scratch)
    {
        for (int p = 0; p < parts.Length; p++)
        {
            byte combining = UnicodeTables.CombiningOfClass(UnicodeTables.ClassOf(parts[p]));
            Take(p == 0 ? parts[p] : parts[p] | LaterPart, combining, scratch);
        }
    }

    private void Take(int part, byte combining, TokenizerScratch scratch)
    {
        if (combining != 0)
        {
            scratch.Marks.Add(part, combining, 0, 0);
            return;
        }

        Flush(scratch);
        Write(part, 0, scratch);
    }

    private void Flush(TokenizerScratch scratch)
    {
        if (scratch.Marks.Count == 0) return;
        foreach (int mark in scratch.Marks.Ordered())
        {
            Write(mark, UnicodeTables.CombiningOfClass(UnicodeTables.ClassOf(mark & ~LaterPart)), scratch);
        }

        scratch.Marks.Clear();
    }

    private void Write(int part, byte combining, TokenizerScratch scratch)
    {
        int codePoint = part & ~LaterPart;
        int change = (part & LaterPart) != 0 ? 1 : 0;
        if ((flags & Flags.Composed) != 0) scratch.Composer.Add(codePoint, change, combining);
        else scratch.Changes.Write(codePoint, change);
    }
}
