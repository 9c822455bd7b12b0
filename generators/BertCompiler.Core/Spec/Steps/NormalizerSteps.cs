namespace BertCompiler.Core.Spec.Steps;

/// <summary>The steps of normalising: the methods of the runtime's <c>NormalizedText</c>.</summary>
public static class NormalizerSteps
{
    /// <summary>Control characters go, white space becomes a space.</summary>
    public static TokenizerStep CleanText { get; } = TokenizerStep.Of("CleanText");

    /// <summary>Spaces round CJK ideographs.</summary>
    public static TokenizerStep SpaceIdeographs { get; } = TokenizerStep.Of("SpaceIdeographs");

    /// <summary>Canonical decomposition, and nonspacing marks go.</summary>
    public static TokenizerStep DecomposeAndDropAccents { get; } = TokenizerStep.Of("DecomposeAndDropAccents");

    /// <summary>Lower case.</summary>
    public static TokenizerStep Lowercase { get; } = TokenizerStep.Of("Lowercase");

    /// <summary>Canonical decomposition.</summary>
    public static TokenizerStep ToNfd { get; } = TokenizerStep.Of("ToNfd");

    /// <summary>Canonical composition.</summary>
    public static TokenizerStep ToNfc { get; } = TokenizerStep.Of("ToNfc");

    /// <summary>Compatibility decomposition.</summary>
    public static TokenizerStep ToNfkd { get; } = TokenizerStep.Of("ToNfkd");

    /// <summary>Compatibility composition.</summary>
    public static TokenizerStep ToNfkc { get; } = TokenizerStep.Of("ToNfkc");

    /// <summary>Combining marks go.</summary>
    public static TokenizerStep StripAccents { get; } = TokenizerStep.Of("StripAccents");

    /// <summary>SentencePiece's first cleaning.</summary>
    public static TokenizerStep Nmt { get; } = TokenizerStep.Of("Nmt");

    /// <summary>One of each kind; a text is empty where it may be.</summary>
    internal static IReadOnlyList<TokenizerStep> Samples { get; } =
    [
        CleanText, SpaceIdeographs, DecomposeAndDropAccents, Lowercase, ToNfd, ToNfc, ToNfkd, ToNfkc, StripAccents, Nmt,
        Strip(left: true, right: true), Replace(new("pattern", "a", default), ""), Prepend(""), Precompiled(0),
    ];

    /// <summary>White space at the ends goes.</summary>
    public static TokenizerStep Strip(bool left, bool right) => TokenizerStep.Of("Strip", new FlagArgument("left", left), new FlagArgument("right", right));

    /// <summary>What a pattern finds is replaced.</summary>
    public static TokenizerStep Replace(PatternArgument pattern, string content) => TokenizerStep.Of("Replace", pattern, new TextArgument("content", content));

    /// <summary>A text before one that is not empty.</summary>
    public static TokenizerStep Prepend(string prefix) => TokenizerStep.Of("Prepend", new TextArgument("prefix", prefix));

    /// <summary>SentencePiece's table of replacements, by its number in the packed file.</summary>
    public static TokenizerStep Precompiled(int map) => TokenizerStep.Of("Precompiled", new MapArgument("map", map));
}
