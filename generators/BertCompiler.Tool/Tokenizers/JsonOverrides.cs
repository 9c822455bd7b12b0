using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// What transformers changes in a tokenizer.json as the files beside it say: a fast class has switches of its own, which win
/// (<c>BertTokenizerFast.__init__</c>, <c>MPNetTokenizerFast.__init__</c>, <c>RobertaTokenizerFast.__init__</c>; version 5 builds the steps from these
/// switches alone). Only a step that stands by itself is changed, not one in a sequence. Each change is told, since one of the two files is wrong.
/// </summary>
/// <param name="root">The tokenizer.json.</param>
/// <param name="files">The files beside it.</param>
/// <param name="problems">Takes warnings.</param>
internal sealed class JsonOverrides(JsonItem root, TokenizerFiles files, List<Problem> problems)
{
    private const string Prefix = "add_prefix_space", Trim = "trim_offsets";

    /// <summary>BERT's normaliser as the class makes it; null: the class leaves the normaliser alone.</summary>
    public IReadOnlyList<TokenizerStep>? BertNormalizer()
    {
        bool isBert = files.Class == TokenizerClass.Bert;
        if (!isBert && files.Class != TokenizerClass.MPNet) return null;
        if (Alone("normalizer") is not { } step || PipelineCheck.TypeOf(step) != "BertNormalizer") return null;
        bool lower = files.Flag("do_lower_case") ?? true;
        bool? strip = files.Flag("strip_accents");
        bool chinese = Own("handle_chinese_chars");
        if (isBert) chinese = Choose(step, "handle_chinese_chars", chinese, "tokenize_chinese_chars", files.Flag("tokenize_chinese_chars") ?? true)!.Value;
        Choose(step, "strip_accents", step.FindValue("strip_accents")?.AsBoolean("'normalizer.strip_accents'"), "strip_accents", strip);
        Choose(step, "lowercase", Own("lowercase"), "do_lower_case", lower);
        return NormalizerReader.Bert(Own("clean_text"), chinese, strip ?? lower, lower);

        bool Own(string name) => step.Require(name, "'normalizer'").AsBoolean($"'normalizer.{name}'");
    }

    /// <summary>Whether RoBERTa's step puts a space before a text that has none; null: the file's own word counts.</summary>
    public bool? PrefixSpace() => IsRoberta && Alone("pre_tokenizer") is { } step && step.FindValue(Prefix) is { } own
        ? Choose(step, Prefix, own.AsBoolean($"'pre_tokenizer.{Prefix}'"), Prefix, files.Flag(Prefix) ?? false)
        : null;

    /// <summary>How RoBERTa's post-processor trims places; null: the file's own word counts.</summary>
    public OffsetTrimming? Trimming()
    {
        if (!IsRoberta || Alone("post_processor") is not { } step || !OffsetTrimming.IsIn(step)) return null;
        OffsetTrimming own = OffsetTrimming.Read(step);
        bool prefix = Choose(step, Prefix, own.PrefixSpace, Prefix, files.Flag(Prefix) ?? false)!.Value;
        return new(prefix, Choose(step, Trim, own.Trims, Trim, files.Flag(Trim) ?? true)!.Value);
    }

    private bool IsRoberta => files.Class == TokenizerClass.Roberta;

    private JsonItem? Alone(string block) => root.FindValue(block) is { } step && PipelineCheck.TypeOf(step) != "Sequence" ? step : null;

    /// <summary>The class's word; where the file says otherwise, that is told.</summary>
    private bool? Choose(JsonItem step, string name, bool? own, string setting, bool? value)
    {
        if (own == value) return value;
        string source = files.Config?.Find(setting) is not null ? $"tokenizer_config.json says \"{setting}\": {Word(value)}"
            : $"tokenizer_config.json does not say \"{setting}\", which {Class} then takes as {Word(value)}";
        problems.Add(root.Tree.At(ProblemKinds.TokenizerContradiction, Severity.Warning, step.Find(name) ?? step,
            $"{root.Tree.Name} says \"{name}\": {Word(own)}, and {source}: transformers takes the latter, and so is done here"));
        return value;
    }

    private string Class => files.ClassName ?? files.Class!.Name;

    private static string Word(bool? value) => value switch
    {
        null => "null",
        true => "true",
        false => "false",
    };
}
