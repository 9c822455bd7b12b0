using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// What generated code does for one tokenizer, done from its description: the same methods of the runtime, called in the same order. For
/// commands that need a tokenizer without compiling anything.
/// </summary>
internal sealed class DescribedPipeline : TokenizerPipeline
{
    private readonly Action<NormalizedText>[] _normalizers;
    private readonly Action<SplitText>[] _splitters;
    private readonly Action<TokenTexts>[] _decoders;

    /// <summary>Takes the packed tables of the same description.</summary>
    /// <exception cref="InvalidDataException">The tables lack something that a step names.</exception>
    public DescribedPipeline(TokenizerTables tables, TokenizerDescription description)
        : base(tables, WholeWords.ModelOf(tables))
    {
        _normalizers = [.. description.Normalizers.Select(Normalizer)];
        _splitters = [.. description.PreTokenizers.Select(Splitter)];
        _decoders = [.. description.Decoders.Select(Decoder)];
        Pause = Enum.Parse<TextPause>(description.Pause.ToString());
        NeedsPlaces = description.PreTokenizers.Any(SplitterSteps.AsksForPlaces);
    }

    /// <inheritdoc/>
    protected internal override TextPause Pause { get; }

    /// <inheritdoc/>
    protected internal override bool NeedsPlaces { get; }

    /// <inheritdoc/>
    protected internal override void Normalize(NormalizedText text)
    {
        foreach (Action<NormalizedText> step in _normalizers) step(text);
    }

    /// <inheritdoc/>
    protected internal override void Split(SplitText text)
    {
        foreach (Action<SplitText> step in _splitters) step(text);
    }

    /// <inheritdoc/>
    protected internal override void Decode(TokenTexts tokens)
    {
        if (_decoders.Length == 0) base.Decode(tokens);
        foreach (Action<TokenTexts> step in _decoders) step(tokens);
    }

    private Action<NormalizedText> Normalizer(TokenizerStep step)
    {
        switch (step.Name)
        {
            case nameof(NormalizedText.CleanText): return static text => text.CleanText();
            case nameof(NormalizedText.SpaceIdeographs): return static text => text.SpaceIdeographs();
            case nameof(NormalizedText.DecomposeAndDropAccents): return static text => text.DecomposeAndDropAccents();
            case nameof(NormalizedText.Lowercase): return static text => text.Lowercase();
            case nameof(NormalizedText.ToNfd): return static text => text.ToNfd();
            case nameof(NormalizedText.ToNfc): return static text => text.ToNfc();
            case nameof(NormalizedText.ToNfkd): return static text => text.ToNfkd();
            case nameof(NormalizedText.ToNfkc): return static text => text.ToNfkc();
            case nameof(NormalizedText.StripAccents): return static text => text.StripAccents();
            case nameof(NormalizedText.Nmt): return static text => text.Nmt();
            case nameof(NormalizedText.Strip):
                (bool left, bool right) = (step.Flag("left"), step.Flag("right"));
                return text => text.Strip(left, right);
            case nameof(NormalizedText.Replace):
                (TextPattern pattern, string content) = (PatternOf(step), step.Text("content"));
                return text => text.Replace(pattern, content);
            case nameof(NormalizedText.Prepend):
                string prefix = step.Text("prefix");
                return text => text.Prepend(prefix);
            case nameof(NormalizedText.Precompiled):
                var map = new CharacterMap(Tables, step.Map("map"));
                return text => text.Precompiled(map);
            default:
                throw Unknown(step);
        }
    }

    private static Action<SplitText> Splitter(TokenizerStep step)
    {
        switch (step.Name)
        {
            case nameof(SplitText.BertWords): return static text => text.BertWords();
            case nameof(SplitText.WhitespaceSplit): return static text => text.WhitespaceSplit();
            case nameof(SplitText.Whitespace): return static text => text.Whitespace();
            case nameof(SplitText.Punctuation):
                SplitBehavior punctuation = BehaviorOf(step);
                return text => text.Punctuation(punctuation);
            case nameof(SplitText.Digits):
                bool individual = step.Flag("individualDigits");
                return text => text.Digits(individual);
            case nameof(SplitText.Metaspace):
                (char replacement, PrependScheme prepend, bool each) = (step.Character("replacement"), Enum.Parse<PrependScheme>(step.Choice("prepend")), step.Flag("split"));
                return text => text.Metaspace(replacement, prepend, each);
            case nameof(SplitText.ByteLevel):
                (bool space, bool split) = (step.Flag("addPrefixSpace"), step.Flag("split"));
                return text => text.ByteLevel(space, split);
            case nameof(SplitText.Split):
                (TextPattern pattern, SplitBehavior behavior, bool invert) = (PatternOf(step), BehaviorOf(step), step.Flag("invert"));
                return text => text.Split(pattern, behavior, invert);
            default:
                throw Unknown(step);
        }
    }

    private static Action<TokenTexts> Decoder(TokenizerStep step)
    {
        switch (step.Name)
        {
            case nameof(TokenTexts.ByteLevel): return static tokens => tokens.ByteLevel();
            case nameof(TokenTexts.ByteFallback): return static tokens => tokens.ByteFallback();
            case nameof(TokenTexts.Fuse): return static tokens => tokens.Fuse();
            case nameof(TokenTexts.WordPiece):
                (string prefix, bool cleanUp) = (step.Text("prefix"), step.Flag("cleanUp"));
                return tokens => tokens.WordPiece(prefix, cleanUp);
            case nameof(TokenTexts.Metaspace):
                (char replacement, bool prepended) = (step.Character("replacement"), step.Flag("prepended"));
                return tokens => tokens.Metaspace(replacement, prepended);
            case nameof(TokenTexts.Bpe):
                string suffix = step.Text("suffix");
                return tokens => tokens.Bpe(suffix);
            case nameof(TokenTexts.Replace):
                (string text, string content) = (step.Text("text"), step.Text("content"));
                return tokens => tokens.Replace(text, content);
            case nameof(TokenTexts.Strip):
                (char character, int atStart, int atEnd) = (step.Character("character"), step.Number("atStart"), step.Number("atEnd"));
                return tokens => tokens.Strip(character, atStart, atEnd);
            default:
                throw Unknown(step);
        }
    }

    private static TextPattern PatternOf(TokenizerStep step)
    {
        PatternArgument pattern = step.Pattern("pattern");
        return pattern.Alternatives.Count == 0
            ? new(pattern.Literal)
            : new([.. pattern.Alternatives.Select(r => new PatternAlternative(Enum.Parse<CodePointSets>(r.Sets.ToString()), r.Characters, r.Negated, r.Least, r.Most))]);
    }

    private static SplitBehavior BehaviorOf(TokenizerStep step) => Enum.Parse<SplitBehavior>(step.Choice("behavior"));

    private static ArgumentException Unknown(TokenizerStep step) => new($"the step {step.Name} is not known", nameof(step));
}
