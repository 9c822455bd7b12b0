using System.Text.RegularExpressions;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Checks the blocks of a tokenizer.json that describe the pipeline, whether or not they are supported: so that a damaged block is
/// reported as damaged.
/// </summary>
internal static class PipelineCheck
{
    private static readonly string[] Normalizers =
        ["BertNormalizer", "Sequence", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Strip", "Replace", "Prepend", "Nmt", "Precompiled", "ByteLevel"];

    private static readonly string[] PreTokenizers =
    [
        "BertPreTokenizer", "Sequence", "Whitespace", "WhitespaceSplit", "Punctuation", "Digits", "Metaspace", "Split", "CharDelimiterSplit",
        "ByteLevel", "UnicodeScripts", "FixedLength",
    ];

    private static readonly string[] PostProcessors = ["BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel", "Sequence"];

    private static readonly string[] Decoders =
        ["WordPiece", "ByteLevel", "Metaspace", "BPEDecoder", "CTC", "Sequence", "Replace", "Fuse", "Strip", "ByteFallback"];

    public static void All(JsonItem root)
    {
        Steps(root, "normalizer", "normalizers", Normalizers, CheckNormalizer);
        Steps(root, "pre_tokenizer", "pretokenizers", PreTokenizers, CheckPreTokenizer);
        Steps(root, "post_processor", "processors", PostProcessors, _ => { });
        Steps(root, "decoder", "decoders", Decoders, _ => { });
    }

    /// <summary>The steps of a block, sequences unrolled; none where the block is null.</summary>
    public static IReadOnlyList<JsonItem> StepsOf(JsonItem root, string block, string list)
    {
        if (root.FindValue(block) is not { } item) return [];
        var steps = new List<JsonItem>();
        Unroll(item, list, steps);
        return steps;
    }

    public static string TypeOf(JsonItem step) => step.Require("type", "a step").AsText("'type'");

    private static void Unroll(JsonItem item, string list, List<JsonItem> steps)
    {
        if (TypeOf(item) != "Sequence")
        {
            steps.Add(item);
            return;
        }

        foreach (JsonItem inner in item.Require(list, "a Sequence").Items()) Unroll(inner, list, steps);
    }

    private static void Steps(JsonItem root, string block, string list, string[] known, Action<JsonItem> check)
    {
        foreach (JsonItem step in StepsOf(root, block, list))
        {
            string type = TypeOf(step);
            if (!known.Contains(type))
            {
                throw step.Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: {block} has the type '{type}', which is not known; leaving it out would change ids");
            }

            check(step);
        }
    }

    private static void CheckNormalizer(JsonItem step)
    {
        if (step.Find("pattern") is { } pattern) CheckPattern(pattern);
        if (TypeOf(step) != "Precompiled") return;
        JsonItem map = step.Require("precompiled_charsmap", "a Precompiled normalizer");
        if (map.IsNull) return;
        string text = map.AsText("'precompiled_charsmap'");
        var bytes = new byte[text.Length];
        string? found = Convert.TryFromBase64String(text, bytes, out int length) ? CharacterMapCheck.FaultOf(bytes.AsSpan(0, length)) : "it is not base64";
        if (found is null) return;
        throw map.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: 'precompiled_charsmap' is damaged: {found}");
    }

    private static void CheckPreTokenizer(JsonItem step)
    {
        if (step.Find("pattern") is { } pattern) CheckPattern(pattern);
    }

    /// <summary>A pattern is only parsed, never run.</summary>
    private static void CheckPattern(JsonItem pattern)
    {
        if (pattern.Kind != JsonKind.Object || pattern.FindValue("Regex") is not { } regex) return;
        string text = regex.AsText("a pattern");
        try
        {
            _ = new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException e)
        {
            bool damaged = e.Error is RegexParseError.UnterminatedBracket or RegexParseError.InsufficientClosingParentheses
                or RegexParseError.InsufficientOpeningParentheses or RegexParseError.UnescapedEndingBackslash or RegexParseError.QuantifierAfterNothing;
            ProblemKind kind = damaged ? ProblemKinds.TokenizerMalformed : ProblemKinds.TokenizerUnsupported;
            throw regex.Fault(kind, $"{pattern.Tree.Name}: the pattern '{text}' cannot be read: {e.Message}");
        }
    }
}
