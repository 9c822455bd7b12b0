using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Reads the block <c>normalizer</c> of a tokenizer.json, which <see cref="PipelineCheck"/> has checked.</summary>
internal static class NormalizerReader
{
    private const string Block = "normalizer";

    public static IReadOnlyList<PipelineStep> Read(JsonItem root)
    {
        var steps = new List<PipelineStep>();
        foreach (JsonItem step in PipelineCheck.StepsOf(root, Block, "normalizers"))
        {
            if (ReadOne(step) is { } read) steps.Add(read);
        }

        return steps;
    }

    /// <summary>BERT's normaliser.</summary>
    public static PipelineStep Bert(bool clean, bool chinese, bool strip, bool lower) => new((int)NormalizerKind.Bert, (uint)(
        (clean ? BertNormalizerOptions.CleanText : 0)
        | (chinese ? BertNormalizerOptions.HandleChineseChars : 0)
        | (strip ? BertNormalizerOptions.StripAccents : 0)
        | (lower ? BertNormalizerOptions.Lowercase : 0)));

    private static PipelineStep? ReadOne(JsonItem step)
    {
        string type = PipelineCheck.TypeOf(step);
        switch (type)
        {
            case "BertNormalizer": return ReadBert(step);
            case "NFD": return Form(UnicodeFormNormalizer.Flags.None);
            case "NFKD": return Form(UnicodeFormNormalizer.Flags.Compatible);
            case "NFC": return Form(UnicodeFormNormalizer.Flags.Composed);
            case "NFKC": return Form(UnicodeFormNormalizer.Flags.Compatible | UnicodeFormNormalizer.Flags.Composed);
            case "Lowercase": return new((int)NormalizerKind.Lowercase);
            case "StripAccents": return new((int)NormalizerKind.StripAccents);
            case "Nmt": return new((int)NormalizerKind.Nmt);
            case "Strip":
                StripNormalizer.Flags ends = (Flag("strip_left") ? StripNormalizer.Flags.Left : 0) | (Flag("strip_right") ? StripNormalizer.Flags.Right : 0);
                return new((int)NormalizerKind.Strip, (uint)ends);
            case "Replace":
                string content = step.Require("content", "'normalizer'").AsText("'normalizer.content'");
                return StepReader.WithPattern(new((int)NormalizerKind.Replace, Other: content), step, Block);
            case "Prepend": return new((int)NormalizerKind.Prepend, Text: step.Require("prepend", "'normalizer'").AsText("'normalizer.prepend'"));
            case "Precompiled":
                string? map = step.FindValue("precompiled_charsmap")?.AsText("'precompiled_charsmap'");
                return string.IsNullOrEmpty(map) ? null : new PipelineStep((int)NormalizerKind.Precompiled) { Data = Convert.FromBase64String(map) };
            default:
                throw StepReader.Unsupported(step, Block, type);
        }

        bool Flag(string name) => step.Require(name, "'normalizer'").AsBoolean($"'normalizer.{name}'");
    }

    private static PipelineStep Form(UnicodeFormNormalizer.Flags flags) => new((int)NormalizerKind.UnicodeForm, (uint)flags);

    private static PipelineStep ReadBert(JsonItem step)
    {
        bool lower = Flag("lowercase");
        bool strip = step.FindValue("strip_accents")?.AsBoolean("'normalizer.strip_accents'") ?? lower;
        return Bert(Flag("clean_text"), Flag("handle_chinese_chars"), strip, lower);

        bool Flag(string name) => step.Require(name, "'normalizer'").AsBoolean($"'normalizer.{name}'");
    }
}
