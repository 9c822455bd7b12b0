using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Reads the blocks <c>truncation</c> and <c>padding</c> of a tokenizer.json.</summary>
internal static class BlockReader
{
    public static TruncationBlock? Truncation(JsonItem root)
    {
        if (root.FindValue("truncation") is not { } block) return null;
        string strategy = block.Require("strategy", "'truncation'").AsText("'truncation.strategy'");
        return new(
            Count(block, "max_length", "truncation"),
            strategy switch
            {
                "LongestFirst" => TruncationStrategy.LongestFirst,
                "OnlyFirst" => TruncationStrategy.OnlyFirst,
                "OnlySecond" => TruncationStrategy.OnlySecond,
                _ => throw block.Fault(ProblemKinds.TokenizerMalformed, $"{root.Tree.Name}: truncation.strategy '{strategy}' is not known"),
            },
            Count(block, "stride", "truncation"),
            Side(block, "truncation"));
    }

    public static PaddingBlock? Padding(JsonItem root)
    {
        if (root.FindValue("padding") is not { } block) return null;
        JsonItem strategy = block.Require("strategy", "'padding'");
        int? length = strategy.Kind == JsonKind.Object ? Count(strategy, "Fixed", "padding.strategy") : null;
        if (length is null && strategy.AsText("'padding.strategy'") != "BatchLongest")
        {
            throw strategy.Fault(ProblemKinds.TokenizerMalformed, $"{root.Tree.Name}: padding.strategy is neither Fixed nor BatchLongest");
        }

        int multiple = block.FindValue("pad_to_multiple_of") is null ? 0 : Count(block, "pad_to_multiple_of", "padding");
        string text = block.Require("pad_token", "'padding'").AsText("'padding.pad_token'");
        return new(length, multiple, Count(block, "pad_id", "padding"), Count(block, "pad_type_id", "padding"), text, Side(block, "padding"));
    }

    private static int Count(JsonItem block, string name, string owner)
        => (int)Math.Min(block.Require(name, $"'{owner}'").AsCount($"'{owner}.{name}'"), int.MaxValue);

    private static TextSide Side(JsonItem block, string owner)
    {
        if (block.FindValue("direction") is not { } direction) return TextSide.Right;
        string side = direction.AsText($"'{owner}.direction'");
        if (side is "Right" or "Left") return side == "Right" ? TextSide.Right : TextSide.Left;
        throw direction.Fault(ProblemKinds.TokenizerMalformed, $"{block.Tree.Name}: {owner}.direction must be Right or Left, found '{side}'");
    }
}
