using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Reads the block <c>pre_tokenizer</c> of a tokenizer.json, which <see cref="PipelineCheck"/> has checked.</summary>
internal static class PreTokenizerReader
{
    private const string Block = "pre_tokenizer";

    public static IReadOnlyList<PipelineStep> Read(JsonItem root)
        => [.. PipelineCheck.StepsOf(root, Block, "pretokenizers").Select(ReadOne)];

    /// <summary>GPT-2's splitting.</summary>
    public static PipelineStep ByteLevel(bool addPrefixSpace, bool split) => new((int)PreTokenizerKind.ByteLevel, (uint)(
        (addPrefixSpace ? ByteLevelPreTokenizer.Flags.AddPrefixSpace : 0) | (split ? ByteLevelPreTokenizer.Flags.Split : 0)));

    private static PipelineStep ReadOne(JsonItem step)
    {
        string type = PipelineCheck.TypeOf(step);
        switch (type)
        {
            case "BertPreTokenizer": return new((int)PreTokenizerKind.Bert);
            case "ByteLevel": return ByteLevel(step.Require("add_prefix_space", "'pre_tokenizer'").AsBoolean("'add_prefix_space'"), StepReader.Flag(step, "use_regex", usual: true));
            case "Metaspace": return Metaspace(step);
            case "WhitespaceSplit": return new((int)PreTokenizerKind.WhitespaceSplit);
            case "Whitespace": return new((int)PreTokenizerKind.Whitespace);
            case "Punctuation": return new((int)PreTokenizerKind.Punctuation, (uint)Behavior(step.FindValue("behavior"), SplitBehavior.Isolated));
            case "Digits": return new((int)PreTokenizerKind.Digits, StepReader.Flag(step, "individual_digits", usual: false) ? 1u : 0);
            case "Split":
                SplitBehavior behavior = Behavior(step.Require("behavior", "'pre_tokenizer'"), SplitBehavior.Removed);
                uint invert = StepReader.Flag(step, "invert", usual: false) ? PatternPreTokenizer.Invert : 0;
                return StepReader.WithPattern(new((int)PreTokenizerKind.Split, (uint)behavior | invert), step, Block);
            case "CharDelimiterSplit": return new((int)PreTokenizerKind.Split, (uint)SplitBehavior.Removed, StepReader.Character(step, "delimiter", Block));
            default:
                throw StepReader.Unsupported(step, Block, type);
        }
    }

    private static PipelineStep Metaspace(JsonItem step)
    {
        string scheme = step.FindValue("prepend_scheme")?.AsText("'prepend_scheme'") ?? "always";
        if (!StepReader.Flag(step, "add_prefix_space", usual: true)) scheme = "never";
        MetaspacePreTokenizer.Flags flags = scheme switch
        {
            "always" => MetaspacePreTokenizer.Flags.Prepend,
            "first" => MetaspacePreTokenizer.Flags.Prepend | MetaspacePreTokenizer.Flags.OnlyFirst,
            "never" => MetaspacePreTokenizer.Flags.None,
            _ => throw step.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: prepend_scheme '{scheme}' is not known"),
        };
        if (StepReader.Flag(step, "split", usual: true)) flags |= MetaspacePreTokenizer.Flags.Split;
        return new((int)PreTokenizerKind.Metaspace, (uint)flags, StepReader.Character(step, "replacement", Block));
    }

    private static SplitBehavior Behavior(JsonItem? item, SplitBehavior usual)
    {
        if (item is not { } behavior) return usual;
        string name = behavior.AsText("'behavior'");
        return Enum.GetNames<SplitBehavior>().Contains(name)
            ? Enum.Parse<SplitBehavior>(name)
            : throw behavior.Fault(ProblemKinds.TokenizerMalformed, $"{behavior.Tree.Name}: the behavior '{name}' is not known");
    }
}
