using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Weights;

/// <summary>The lines of a manifest that say what a tokenizer does.</summary>
internal static class TokenizerLines
{
    private const string NormalizeKey = "normalize", SplitKey = "split", DecodeKey = "decode";

    public static void Write(TokenizerSpec t, ManifestWriter lines)
    {
        lines.Choice("tokenizer", t.Model);
        lines.Number("tokenizer-count", t.Count);
        lines.Flag("tokenizer-lower-case", t.LowerCase);
        lines.Number("tokenizer-special-tokens", t.SpecialTokens);
        if (t.UnknownToken.Length > 0) lines.Text("tokenizer-unknown", t.UnknownToken);
        if (t.MaxWordLength > 0) lines.Number("tokenizer-longest-word", t.MaxWordLength);
        if (t.ContinuationPrefix.Length > 0) lines.Text("tokenizer-continuation", t.ContinuationPrefix);
        if (t.WordSuffix.Length > 0) lines.Text("tokenizer-suffix", t.WordSuffix);
        if (t.Merges > 0) lines.Number("tokenizer-merges", t.Merges);
        if (t.ByteFallback) lines.Flag("tokenizer-byte-fallback", t.ByteFallback);
        if (t.TruncatesLeft) lines.Flag("tokenizer-truncates-left", t.TruncatesLeft);
        lines.Text("tokenizer-template", t.Template);
        lines.Text("tokenizer-pair-template", t.PairTemplate);
        lines.Choice("tokenizer-pause", t.Pause);
        foreach (TokenizerStep step in t.Normalizers) lines.Structured(NormalizeKey, StepText.Write(step));
        foreach (TokenizerStep step in t.PreTokenizers) lines.Structured(SplitKey, StepText.Write(step));
        foreach (TokenizerStep step in t.Decoders) lines.Structured(DecodeKey, StepText.Write(step));
    }

    public static TokenizerSpec? Read(ManifestFields fields) => !fields.Has("tokenizer") ? null : new TokenizerSpec
    {
        Model = fields.Enum<TokenizerModel>("tokenizer"),
        Count = fields.Int("tokenizer-count", 0, int.MaxValue),
        LowerCase = fields.Bool("tokenizer-lower-case"),
        SpecialTokens = fields.Int("tokenizer-special-tokens", 0, int.MaxValue),
        UnknownToken = fields.TextOrEmpty("tokenizer-unknown"),
        MaxWordLength = fields.IntOrZero("tokenizer-longest-word"),
        ContinuationPrefix = fields.TextOrEmpty("tokenizer-continuation"),
        WordSuffix = fields.TextOrEmpty("tokenizer-suffix"),
        Merges = fields.IntOrZero("tokenizer-merges"),
        ByteFallback = fields.Has("tokenizer-byte-fallback") && fields.Bool("tokenizer-byte-fallback"),
        TruncatesLeft = fields.Has("tokenizer-truncates-left") && fields.Bool("tokenizer-truncates-left"),
        Template = fields.Text("tokenizer-template"),
        PairTemplate = fields.Text("tokenizer-pair-template"),
        Pause = fields.Enum<TextPause>("tokenizer-pause"),
        Normalizers = Steps(fields, NormalizeKey, NormalizerSteps.Samples),
        PreTokenizers = Steps(fields, SplitKey, SplitterSteps.Samples),
        Decoders = Steps(fields, DecodeKey, DecoderSteps.Samples),
    };

    private static EquatableArray<TokenizerStep> Steps(ManifestFields fields, string key, IReadOnlyList<TokenizerStep> samples) =>
        new(fields.AllAsWritten(key).Select(line => StepText.Read(key, line, samples)));
}
