using System.Globalization;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Weights;

/// <summary>The lines of a manifest that say what a tokenizer does.</summary>
internal static class TokenizerLines
{
    private const string NormalizeKey = "normalize", SplitKey = "split", DecodeKey = "decode";

    public static void Write(TokenizerSpec t, Action<string, string> line)
    {
        line("tokenizer", t.Model.ToString());
        line("tokenizer-count", Number(t.Count));
        line("tokenizer-lower-case", Flag(t.LowerCase));
        line("tokenizer-special-tokens", Number(t.SpecialTokens));
        if (t.UnknownToken.Length > 0) line("tokenizer-unknown", ManifestFields.Escape(t.UnknownToken));
        if (t.MaxWordLength > 0) line("tokenizer-longest-word", Number(t.MaxWordLength));
        if (t.ContinuationPrefix.Length > 0) line("tokenizer-continuation", ManifestFields.Escape(t.ContinuationPrefix));
        if (t.WordSuffix.Length > 0) line("tokenizer-suffix", ManifestFields.Escape(t.WordSuffix));
        if (t.Merges > 0) line("tokenizer-merges", Number(t.Merges));
        if (t.ByteFallback) line("tokenizer-byte-fallback", Flag(t.ByteFallback));
        line("tokenizer-template", ManifestFields.Escape(t.Template));
        line("tokenizer-pair-template", ManifestFields.Escape(t.PairTemplate));
        line("tokenizer-pause", t.Pause.ToString());
        foreach (TokenizerStep step in t.Normalizers) line(NormalizeKey, StepText.Write(step));
        foreach (TokenizerStep step in t.PreTokenizers) line(SplitKey, StepText.Write(step));
        foreach (TokenizerStep step in t.Decoders) line(DecodeKey, StepText.Write(step));
    }

    public static TokenizerSpec? Read(ManifestFields fields) => !fields.Has("tokenizer") ? null : new TokenizerSpec
    {
        Model = fields.Enum<TokenizerModel>("tokenizer"),
        Count = fields.Int("tokenizer-count"),
        LowerCase = fields.Bool("tokenizer-lower-case"),
        SpecialTokens = fields.Int("tokenizer-special-tokens"),
        UnknownToken = TextOrNone(fields, "tokenizer-unknown"),
        MaxWordLength = NumberOrNone(fields, "tokenizer-longest-word"),
        ContinuationPrefix = TextOrNone(fields, "tokenizer-continuation"),
        WordSuffix = TextOrNone(fields, "tokenizer-suffix"),
        Merges = NumberOrNone(fields, "tokenizer-merges"),
        ByteFallback = fields.Has("tokenizer-byte-fallback") && fields.Bool("tokenizer-byte-fallback"),
        Template = fields.Text("tokenizer-template"),
        PairTemplate = fields.Text("tokenizer-pair-template"),
        Pause = fields.Enum<TextPause>("tokenizer-pause"),
        Normalizers = Steps(fields, NormalizeKey, NormalizerSteps.Samples),
        PreTokenizers = Steps(fields, SplitKey, SplitterSteps.Samples),
        Decoders = Steps(fields, DecodeKey, DecoderSteps.Samples),
    };

    private static EquatableArray<TokenizerStep> Steps(ManifestFields fields, string key, IReadOnlyList<TokenizerStep> samples) =>
        new(fields.AllAsWritten(key).Select(line => StepText.Read(key, line, samples)));

    private static string TextOrNone(ManifestFields fields, string key) => fields.Has(key) ? fields.Text(key) : "";

    private static int NumberOrNone(ManifestFields fields, string key) => fields.Has(key) ? fields.Int(key) : 0;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";
}
