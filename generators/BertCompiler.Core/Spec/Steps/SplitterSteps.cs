namespace BertCompiler.Core.Spec.Steps;

/// <summary>The steps of splitting: the methods of the runtime's <c>SplitText</c>.</summary>
public static class SplitterSteps
{
    internal const string ByteLevelName = "ByteLevel", MetaspaceName = "Metaspace";
    private const string Behavior = "behavior", Scheme = "prepend";

    /// <summary>White space and punctuation, as BERT does.</summary>
    public static TokenizerStep BertWords { get; } = TokenizerStep.Of("BertWords");

    /// <summary>At white space.</summary>
    public static TokenizerStep WhitespaceSplit { get; } = TokenizerStep.Of("WhitespaceSplit");

    /// <summary>Runs of word characters, and of others.</summary>
    public static TokenizerStep Whitespace { get; } = TokenizerStep.Of("Whitespace");

    /// <summary>One of each kind.</summary>
    internal static IReadOnlyList<TokenizerStep> Samples { get; } =
    [
        BertWords, WhitespaceSplit, Whitespace, Punctuation("Isolated"), Digits(individualDigits: true), Metaspace('_', "Always", split: true),
        ByteLevel(addPrefixSpace: true, split: true), Split(new("pattern", "a", default), "Isolated", invert: false),
    ];

    /// <summary>At punctuation.</summary>
    public static TokenizerStep Punctuation(string behavior) => TokenizerStep.Of("Punctuation", new ChoiceArgument(Behavior, ChoiceArgument.SplitBehavior, behavior));

    /// <summary>At digits, each alone or in runs.</summary>
    public static TokenizerStep Digits(bool individualDigits) => TokenizerStep.Of("Digits", new FlagArgument("individualDigits", individualDigits));

    /// <summary>Spaces become a visible character.</summary>
    public static TokenizerStep Metaspace(char replacement, string prepend, bool split) => TokenizerStep.Of(
        MetaspaceName, new CharacterArgument("replacement", replacement), new ChoiceArgument(Scheme, ChoiceArgument.PrependScheme, prepend), new FlagArgument("split", split));

    /// <summary>Bytes become visible letters, words split as GPT-2 does.</summary>
    public static TokenizerStep ByteLevel(bool addPrefixSpace, bool split) =>
        TokenizerStep.Of(ByteLevelName, new FlagArgument("addPrefixSpace", addPrefixSpace), new FlagArgument("split", split));

    /// <summary>At what a pattern finds.</summary>
    public static TokenizerStep Split(PatternArgument pattern, string behavior, bool invert) =>
        TokenizerStep.Of("Split", pattern, new ChoiceArgument(Behavior, ChoiceArgument.SplitBehavior, behavior), new FlagArgument("invert", invert));

    /// <summary>Whether a step asks where in the original a piece stands.</summary>
    internal static bool AsksForPlaces(TokenizerStep step) => step.Arguments.Any(a => a is ChoiceArgument { Name: Scheme, Value: "First" });
}
