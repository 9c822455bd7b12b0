using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Emit.Tokenizers;

/// <summary>What a step does, in a line for a newcomer, with an example. Every step has its words: the switches throw for others.</summary>
internal static class StepWords
{
    /// <summary>A step of normalising.</summary>
    public static string Normalizer(TokenizerStep step) => step.Name switch
    {
        "CleanText" => "control characters go, all white space becomes spaces: \"a\\tb\" → \"a b\"",
        "SpaceIdeographs" => "a space on both sides of each Chinese character: 東京 → \" 東  京 \"",
        "DecomposeAndDropAccents" => "letters without their accents: é → e",
        "Lowercase" => "lower case, each character for itself: A → a",
        "ToNfd" => "canonical decomposition (Unicode Annex 15): é → e, ´",
        "ToNfc" => "canonical composition (Unicode Annex 15): e, ´ → é",
        "ToNfkd" => "compatibility decomposition (Unicode Annex 15): ﬁ → f, i and é → e, ´",
        "ToNfkc" => "compatibility composition (Unicode Annex 15): ﬁ → fi and e, ´ → é",
        "StripAccents" => "combining marks go: e, ´ → e",
        "Nmt" => "SentencePiece's cleaning: control characters go, other white space becomes spaces",
        "Strip" => $"white space goes {Ends(step)}",
        "Replace" => $"{PatternCode.Shown(step.Pattern("pattern"))} → {PatternCode.Quoted(step.Text("content"))}",
        "Prepend" => $"{PatternCode.Quoted(step.Text("prefix"))} comes before the text, unless it is empty",
        "Precompiled" => "SentencePiece's own table of replacements, made when the model was trained, such as Ａ → A",
        _ => throw Unknown(step),
    };

    /// <summary>A step of splitting.</summary>
    public static string Splitter(TokenizerStep step) => step.Name switch
    {
        "BertWords" => "at white space, which goes; each punctuation mark is a word: it's → it, ', s",
        "WhitespaceSplit" => "at white space, which goes: it's so → it's, so",
        "Whitespace" => @"runs of letters and digits, runs of other characters; white space goes: it's → it, ', s",
        "Punctuation" => $"at punctuation marks, each of which {Behavior(step)}",
        "Digits" => step.Flag("individualDigits") ? "each digit is a piece: a12 → a, 1, 2" : "a run of digits is a piece: a12 → a, 12",
        "Metaspace" => Metaspace(step),
        "ByteLevel" => ByteLevel(step),
        "Split" => $"at {(step.Flag("invert") ? "whatever lies between " : "")}{PatternCode.Shown(step.Pattern("pattern"))}, each of which {Behavior(step)}",
        _ => throw Unknown(step),
    };

    /// <summary>A step of decoding.</summary>
    public static string Decoder(TokenizerStep step) => step.Name switch
    {
        "WordPiece" => $"a token with {PatternCode.Quoted(step.Text("prefix"))} joins the one before, others follow a space{(step.Flag("cleanUp") ? "; none before a full stop: \"yes .\" → \"yes.\"" : "")}",
        "ByteLevel" => "visible letters become the bytes that they stand for: \"Ġé\" → \" é\"",
        "Metaspace" => $"{Literal.Comment(step.Character("replacement").ToString())} becomes a space{(step.Flag("prepended") ? ", at the very beginning nothing" : "")}",
        "Bpe" => $"{PatternCode.Quoted(step.Text("suffix"))} becomes a space, at the very end nothing",
        "Replace" => $"{PatternCode.Quoted(step.Text("text"))} → {PatternCode.Quoted(step.Text("content"))}",
        "ByteFallback" => "tokens of bytes become text: <0xC3>, <0xA9> → é",
        "Fuse" => "all tokens become one",
        "Strip" => FormattableString.Invariant($"up to {step.Number("atStart")} × {PatternCode.Quoted(step.Character("character").ToString())} go at the beginning of a token, up to {step.Number("atEnd")} at its end"),
        _ => throw Unknown(step),
    };

    private static string Ends(TokenizerStep step) => (step.Flag("left"), step.Flag("right")) switch
    {
        (true, true) => "at both ends",
        (true, false) => "at the beginning",
        (false, true) => "at the end",
        _ => "nowhere",
    };

    private static string Behavior(TokenizerStep step) => step.Choice("behavior") switch
    {
        "Removed" => "goes",
        "Isolated" => "is a piece",
        "MergedWithPrevious" => "stays with what is before it",
        "MergedWithNext" => "stays with what follows",
        _ => "is a piece, together with its neighbours",
    };

    private static string Metaspace(TokenizerStep step)
    {
        string mark = Literal.Comment(step.Character("replacement").ToString());
        string before = step.Choice("prepend") switch
        {
            "Always" => $", one more comes before a piece without: a b → {mark}a{mark}b",
            "First" => $", one more comes before the text: a b → {mark}a{mark}b",
            _ => $": a b → a{mark}b",
        };
        return $"spaces become {mark}{before}{(step.Flag("split") ? $"; a piece begins at each {mark}" : "")}";
    }

    private static string ByteLevel(TokenizerStep step)
    {
        string prefix = step.Flag("addPrefixSpace") ? "a space before what has none; " : "";
        string split = step.Flag("split") ? "words with the space before them, contractions apart: \"it's so\" → it, 's, \" so\"; " : "";
        return prefix + split + "each byte becomes a visible letter: \" é\" → ĠÃ©";
    }

    private static ArgumentException Unknown(TokenizerStep step) => new($"no words for the step {step.Name}", nameof(step));
}
