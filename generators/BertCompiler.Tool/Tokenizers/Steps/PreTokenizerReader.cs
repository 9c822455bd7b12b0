using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Reads the block <c>pre_tokenizer</c> of a tokenizer.json, which <see cref="PipelineCheck"/> has checked.</summary>
internal static class PreTokenizerReader
{
    private const string Block = "pre_tokenizer";

    /// <summary>Reads the block.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="prefixSpace">Whether the step of bytes puts a space before a text, whatever the block says; null: as it says.</param>
    public static IReadOnlyList<TokenizerStep> Read(JsonItem root, bool? prefixSpace = null)
        => [.. PipelineCheck.StepsOf(root, Block, "pretokenizers").Select(step => ReadOne(step, prefixSpace))];

    private static TokenizerStep ReadOne(JsonItem step, bool? prefixSpace)
    {
        string type = PipelineCheck.TypeOf(step);
        switch (type)
        {
            case "BertPreTokenizer": return SplitterSteps.BertWords;
            case "ByteLevel":
                bool own = step.Require("add_prefix_space", "'pre_tokenizer'").AsBoolean("'add_prefix_space'");
                return SplitterSteps.ByteLevel(prefixSpace ?? own, StepReader.Flag(step, "use_regex", usual: true));
            case "Metaspace": return Metaspace(step);
            case "WhitespaceSplit": return SplitterSteps.WhitespaceSplit;
            case "Whitespace": return SplitterSteps.Whitespace;
            case "Punctuation": return SplitterSteps.Punctuation(Behavior(step.FindValue("behavior"), SplitBehavior.Isolated));
            case "Digits": return SplitterSteps.Digits(StepReader.Flag(step, "individual_digits", usual: false));
            case "Split":
                string behavior = Behavior(step.Require("behavior", "'pre_tokenizer'"), SplitBehavior.Removed);
                bool invert = StepReader.Flag(step, "invert", usual: false);
                return SplitterSteps.Split(StepReader.Pattern(step, Block), behavior, invert);
            case "CharDelimiterSplit":
                string delimiter = StepReader.Character(step, "delimiter", Block).ToString();
                return SplitterSteps.Split(StepReader.Literal(delimiter), nameof(SplitBehavior.Removed), invert: false);
            default:
                throw StepReader.Unsupported(step, Block, type);
        }
    }

    private static TokenizerStep Metaspace(JsonItem step)
    {
        string scheme = step.FindValue("prepend_scheme")?.AsText("'prepend_scheme'") ?? "always";
        if (!StepReader.Flag(step, "add_prefix_space", usual: true)) scheme = "never";
        PrependScheme prepend = scheme switch
        {
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw step.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: prepend_scheme '{scheme}' is not known"),
        };
        bool split = StepReader.Flag(step, "split", usual: true);
        return SplitterSteps.Metaspace(StepReader.Character(step, "replacement", Block), prepend.ToString(), split);
    }

    private static string Behavior(JsonItem? item, SplitBehavior usual)
    {
        if (item is not { } behavior) return usual.ToString();
        string name = behavior.AsText("'behavior'");
        return Enum.GetNames<SplitBehavior>().Contains(name)
            ? name
            : throw behavior.Fault(ProblemKinds.TokenizerMalformed, $"{behavior.Tree.Name}: the behavior '{name}' is not known");
    }
}
