namespace BertCompiler.Core.Spec.Steps;

/// <summary>The steps of decoding: the methods of the runtime's <c>TokenTexts</c>.</summary>
public static class DecoderSteps
{
    /// <summary>Visible letters become bytes.</summary>
    public static TokenizerStep ByteLevel { get; } = TokenizerStep.Of("ByteLevel");

    /// <summary>Tokens of bytes become text.</summary>
    public static TokenizerStep ByteFallback { get; } = TokenizerStep.Of("ByteFallback");

    /// <summary>All tokens become one.</summary>
    public static TokenizerStep Fuse { get; } = TokenizerStep.Of("Fuse");

    /// <summary>One of each kind; a text is empty where it may be.</summary>
    internal static IReadOnlyList<TokenizerStep> Samples { get; } =
        [ByteLevel, ByteFallback, Fuse, WordPiece("", cleanUp: true), Metaspace('_', prepended: true), Bpe("a"), Replace("a", ""), Strip(' ', 1, 0)];

    /// <summary>Pieces that continue a word join it.</summary>
    public static TokenizerStep WordPiece(string prefix, bool cleanUp) => TokenizerStep.Of("WordPiece", new TextArgument("prefix", prefix), new FlagArgument("cleanUp", cleanUp));

    /// <summary>The visible character becomes a space.</summary>
    public static TokenizerStep Metaspace(char replacement, bool prepended) =>
        TokenizerStep.Of("Metaspace", new CharacterArgument("replacement", replacement), new FlagArgument("prepended", prepended));

    /// <summary>What ends a word becomes a space.</summary>
    public static TokenizerStep Bpe(string suffix) => TokenizerStep.Of("Bpe", new TextArgument("suffix", suffix));

    /// <summary>A text is replaced in each token.</summary>
    public static TokenizerStep Replace(string text, string content) => TokenizerStep.Of("Replace", new TextArgument("text", text), new TextArgument("content", content));

    /// <summary>So many of a character go at both ends of each token.</summary>
    public static TokenizerStep Strip(char character, int atStart, int atEnd) => TokenizerStep.Of(
        "Strip", new CharacterArgument("character", character), new NumberArgument("atStart", atStart), new NumberArgument("atEnd", atEnd));
}
