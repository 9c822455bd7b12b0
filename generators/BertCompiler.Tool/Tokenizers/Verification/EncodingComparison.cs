using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>Compares an encoding with the stored one. A field that is not stored has its usual value or is not compared.</summary>
internal static class EncodingComparison
{
    public static CaseDifference Compare(JsonItem expected, TokenEncoding found)
    {
        var difference = CaseDifference.None;
        IReadOnlyList<Token> tokens = found.Tokens;
        if (expected.FindValue("ids") is { } ids && !Numbers(ids).SequenceEqual(found.Ids())) difference |= CaseDifference.Ids;
        if (expected.FindValue("offsets") is { } offsets)
        {
            JsonItem utf16 = expected.FindValue("offsets_utf16") ?? offsets;
            bool equal = Numbers(offsets).SequenceEqual(Flat(tokens.Select(t => t.CodePoints)))
                && Numbers(utf16).SequenceEqual(Flat(tokens.Select(t => t.Span)));
            if (!equal) difference |= CaseDifference.Offsets;
        }

        if (expected.FindValue("word_ids") is { } words && !Numbers(words).SequenceEqual(tokens.Select(t => t.Word))) difference |= CaseDifference.WordIds;
        return SameRest(expected, found) ? difference : difference | CaseDifference.Other;
    }

    /// <summary>Numbers of a list, nested lists unrolled; null stands for −1.</summary>
    public static IEnumerable<int> Numbers(JsonItem list)
    {
        foreach (JsonItem item in list.Items())
        {
            if (item.Kind != JsonKind.Array) yield return item.IsNull ? -1 : (int)item.AsCount("a number");
            else foreach (int number in Numbers(item)) yield return number;
        }
    }

    /// <summary>Start and end of each place, one behind the other.</summary>
    public static IEnumerable<int> Flat(IEnumerable<TextSpan> spans) => spans.SelectMany(s => (int[])[s.Start, s.End]);

    private static bool SameRest(JsonItem expected, TokenEncoding found)
    {
        bool whole = expected.FindValue("ids") is not null;

        // Cases in short form hold neither mask, even where there is padding.
        bool masked = whole && expected.FindValue("special_tokens_mask") is not null;
        int[] types = found.TypeIds();
        int[] mask = found.AttentionMask();
        bool sameTypes = expected.FindValue("type_ids") is { } t ? Numbers(t).SequenceEqual(types) : !whole || types.All(v => v == 0);
        bool sameMask = expected.FindValue("attention_mask") is { } m ? Numbers(m).SequenceEqual(mask) : !masked || mask.All(v => v == 1);
        return sameTypes && sameMask
            && (expected.FindValue("special_tokens_mask") is not { } special || Numbers(special).SequenceEqual(found.SpecialTokensMask()))
            && (expected.FindValue("sequence_ids") is not { } sequences || Numbers(sequences).SequenceEqual(found.Tokens.Select(x => x.Sequence)))
            && (expected.FindValue("tokens") is not { } texts || texts.Items().Select(i => i.AsLooseText("a token")).SequenceEqual(found.Tokens.Select(x => x.Text)));
    }
}
