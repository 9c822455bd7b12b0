namespace BertCompiler.Tokenization;

/// <summary>The splitting steps of a tokenizer, one behind the other; without a step, the text is one word.</summary>
internal sealed class PreTokenizerChain : IWordSplitter
{
    private readonly IPreTokenizer[] _steps;
    private readonly TokenModel _model;

    public PreTokenizerChain(TokenizerSectionView section, TokenModel model)
    {
        _model = model;
        _steps = new IPreTokenizer[section.PreTokenizers.Length];
        for (int i = 0; i < _steps.Length; i++) _steps[i] = Create(section, section.PreTokenizers[i]);
        NeedsPlaces = Array.Exists(_steps, s => s is MetaspacePreTokenizer { NeedsPlaces: true });
    }

    /// <inheritdoc/>
    public bool NeedsPlaces { get; }

    /// <inheritdoc/>
    public void Encode(int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        SplitText text = scratch.Split;
        text.Begin(scratch.Normalized, from, to);
        foreach (IPreTokenizer step in _steps) step.Split(text);
        SplitList pieces = text.Pieces;
        for (int i = 0; i < pieces.Count && scratch.Pieces.Count <= limit; i++)
        {
            _model.Encode(scratch, text.Text, pieces.StartOf(i), pieces.EndOf(i), word++);
        }
    }

    private static IPreTokenizer Create(TokenizerSectionView section, StepRecord step)
    {
        switch ((PreTokenizerKind)step.Kind)
        {
            case PreTokenizerKind.Bert: return new BertPreTokenizer();
            case PreTokenizerKind.ByteLevel: return new ByteLevelPreTokenizer((ByteLevelPreTokenizer.Flags)step.Flags);
            case PreTokenizerKind.Metaspace: return new MetaspacePreTokenizer(section, step);
            case PreTokenizerKind.WhitespaceSplit: return new SetPreTokenizer(CodePointSets.WhiteSpace, SplitBehavior.Removed);
            case PreTokenizerKind.Whitespace: return new WhitespacePreTokenizer();
            case PreTokenizerKind.Punctuation: return new SetPreTokenizer(CodePointSets.Punctuation, (SplitBehavior)step.Flags);
            case PreTokenizerKind.Digits: return new SetPreTokenizer(CodePointSets.Numeric, step.Flags == 1 ? SplitBehavior.Isolated : SplitBehavior.Contiguous);
            case PreTokenizerKind.Split: return new PatternPreTokenizer(new TextPattern(section, step), step.Flags);
            default:
                TokenizerSectionView.Fail($"it names the pre-tokenizer {step.Kind}");
                return null;
        }
    }
}
