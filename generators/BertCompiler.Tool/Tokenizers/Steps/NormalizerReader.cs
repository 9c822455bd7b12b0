using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Reads the block <c>normalizer</c> of a tokenizer.json, which <see cref="PipelineCheck"/> has checked.</summary>
internal static class NormalizerReader
{
    private const string Block = "normalizer";

    /// <summary>The steps, in order.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="characterMaps">Takes SentencePiece's tables of replacements; a step names one by its index.</param>
    public static IReadOnlyList<TokenizerStep> Read(JsonItem root, List<byte[]> characterMaps) =>
        [.. PipelineCheck.StepsOf(root, Block, "normalizers").SelectMany(step => ReadOne(step, characterMaps))];

    /// <summary>BERT's normaliser: up to four steps.</summary>
    public static IReadOnlyList<TokenizerStep> Bert(bool clean, bool chinese, bool strip, bool lower)
    {
        var steps = new List<TokenizerStep>();
        if (clean) steps.Add(NormalizerSteps.CleanText);
        if (chinese) steps.Add(NormalizerSteps.SpaceIdeographs);
        if (strip) steps.Add(NormalizerSteps.DecomposeAndDropAccents);
        if (lower) steps.Add(NormalizerSteps.Lowercase);
        return steps;
    }

    private static IReadOnlyList<TokenizerStep> ReadOne(JsonItem step, List<byte[]> characterMaps)
    {
        string type = PipelineCheck.TypeOf(step);
        return type switch
        {
            "BertNormalizer" => ReadBert(step),
            "NFD" => [NormalizerSteps.ToNfd],
            "NFKD" => [NormalizerSteps.ToNfkd],
            "NFC" => [NormalizerSteps.ToNfc],
            "NFKC" => [NormalizerSteps.ToNfkc],
            "Lowercase" => [NormalizerSteps.Lowercase],
            "StripAccents" => [NormalizerSteps.StripAccents],
            "Nmt" => [NormalizerSteps.Nmt],
            "Strip" => [NormalizerSteps.Strip(Flag(step, "strip_left"), Flag(step, "strip_right"))],
            "Replace" => [NormalizerSteps.Replace(StepReader.Pattern(step, Block), Text(step, "content"))],
            "Prepend" => [NormalizerSteps.Prepend(Text(step, "prepend"))],
            "Precompiled" => ReadMap(step, characterMaps),
            _ => throw StepReader.Unsupported(step, Block, type),
        };
    }

    private static IReadOnlyList<TokenizerStep> ReadBert(JsonItem step)
    {
        bool lower = Flag(step, "lowercase");
        bool strip = step.FindValue("strip_accents")?.AsBoolean("'normalizer.strip_accents'") ?? lower;
        return Bert(Flag(step, "clean_text"), Flag(step, "handle_chinese_chars"), strip, lower);
    }

    private static IReadOnlyList<TokenizerStep> ReadMap(JsonItem step, List<byte[]> characterMaps)
    {
        string? map = step.FindValue("precompiled_charsmap")?.AsText("'precompiled_charsmap'");
        if (string.IsNullOrEmpty(map)) return [];
        characterMaps.Add(Convert.FromBase64String(map));
        return [NormalizerSteps.Precompiled(characterMaps.Count - 1)];
    }

    private static bool Flag(JsonItem step, string name) => step.Require(name, "'normalizer'").AsBoolean($"'normalizer.{name}'");

    private static string Text(JsonItem step, string name) => step.Require(name, "'normalizer'").AsText($"'normalizer.{name}'");
}
