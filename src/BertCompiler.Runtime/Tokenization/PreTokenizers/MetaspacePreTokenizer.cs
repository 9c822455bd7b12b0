namespace BertCompiler.Tokenization;

/// <summary>
/// Writes spaces as a visible character, puts one before each piece, and splits before each (Hugging Face tokenizers,
/// pre_tokenizers/metaspace.rs).
/// </summary>
internal sealed class MetaspacePreTokenizer : IPreTokenizer
{
    private readonly char _replacement;
    private readonly Flags _flags;

    public MetaspacePreTokenizer(TokenizerSectionView section, StepRecord step)
    {
        ReadOnlySpan<char> text = section.StepText(step.TextStart, step.TextLength);
        if (text.Length != 1) TokenizerSectionView.Fail("its Metaspace has no single character");
        _replacement = text[0];
        _flags = (Flags)step.Flags;
    }

    /// <summary>What it does besides replacing.</summary>
    [Flags]
    internal enum Flags : uint
    {
        None = 0,

        /// <summary>Put one before each piece that has none.</summary>
        Prepend = 1,

        /// <summary>With <see cref="Prepend"/>: only at the beginning of the original text.</summary>
        OnlyFirst = 2,
        Split = 4,
    }

    /// <summary>Whether it asks where in the original a piece begins.</summary>
    public bool NeedsPlaces => (_flags & Flags.OnlyFirst) != 0;

    /// <inheritdoc/>
    public void Split(SplitText text)
    {
        SplitList output = text.NextPieces();
        NormalizedText source = text.Text;
        NormalizedText target = text.NextText();
        ReadOnlySpan<char> characters = source.Characters;
        for (int p = 0; p < text.Pieces.Count; p++)
        {
            int start = text.Pieces.StartOf(p);
            int end = text.Pieces.EndOf(p);
            int piece = target.Length;
            bool prepend = (_flags & Flags.Prepend) != 0 && characters[start] != ' ' && characters[start] != _replacement
                && ((_flags & Flags.OnlyFirst) == 0 || source.StartOf(start) == 0);
            if (prepend) target.Append(_replacement, source.StartOf(start), source.EndOf(start));
            for (int i = start; i < end; i++)
            {
                char c = characters[i] == ' ' ? _replacement : characters[i];
                if (c == _replacement && (_flags & Flags.Split) != 0)
                {
                    output.Add(piece, target.Length);
                    piece = target.Length;
                }

                target.Append(c, source.StartOf(i), source.EndOf(i));
            }

            output.Add(piece, target.Length);
        }

        text.TakeText();
    }
}
