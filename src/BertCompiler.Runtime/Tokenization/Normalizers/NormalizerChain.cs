namespace BertCompiler.Tokenization;

/// <summary>The normalising steps of a tokenizer, one behind the other.</summary>
internal sealed class NormalizerChain
{
    private readonly INormalizer[] _steps;

    /// <summary>BERT's normaliser where it is the only step: it reads the original text itself.</summary>
    private readonly BertNormalizer? _bert;

    public NormalizerChain(TokenizerSectionView section)
    {
        _steps = new INormalizer[section.Normalizers.Length];
        for (int i = 0; i < _steps.Length; i++) _steps[i] = Create(section, section.Normalizers[i]);
        _bert = _steps is [BertNormalizer only] ? only : null;
    }

    /// <summary>Whether each word can be normalised alone: nothing reaches over a space or line feed.</summary>
    public bool IsBert => _bert is not null;

    /// <summary>Leaves the normal form of text[from … to−1] in <see cref="TokenizerScratch.Normalized"/>.</summary>
    public void Normalize(ReadOnlySpan<char> text, int from, int to, bool tracks, TokenizerScratch scratch)
    {
        scratch.Normalized.Reset(tracks);
        if (_bert is not null)
        {
            _bert.Normalize(text, from, to, scratch.Normalized, scratch.Marks);
            return;
        }

        scratch.Normalized.AppendOriginal(text, from, to);
        foreach (INormalizer step in _steps)
        {
            NormalizedText next = scratch.SpareNormalized;
            next.Reset(tracks);
            step.Normalize(scratch.Normalized, next, scratch);
            scratch.SwapNormalized();
        }
    }

    private static INormalizer Create(TokenizerSectionView section, StepRecord step)
    {
        switch ((NormalizerKind)step.Kind)
        {
            case NormalizerKind.Bert: return new BertNormalizer((BertNormalizerOptions)step.Flags);
            case NormalizerKind.UnicodeForm: return new UnicodeFormNormalizer((UnicodeFormNormalizer.Flags)step.Flags);
            case NormalizerKind.Lowercase: return new LowercaseNormalizer();
            case NormalizerKind.StripAccents: return new StripAccentsNormalizer();
            case NormalizerKind.Strip: return new StripNormalizer((StripNormalizer.Flags)step.Flags);
            case NormalizerKind.Replace: return new ReplaceNormalizer(new TextPattern(section, step), section.StepText(step.OtherStart, step.OtherLength).ToString());
            case NormalizerKind.Prepend: return new PrependNormalizer(section.StepText(step.TextStart, step.TextLength).ToString());
            case NormalizerKind.Nmt: return new NmtNormalizer();
            case NormalizerKind.Precompiled: return new PrecompiledNormalizer(section, step);
            default:
                TokenizerSectionView.Fail($"it names the normaliser {step.Kind}");
                return null;
        }
    }
}
