using System.Security.Cryptography;
using System.Runtime.InteropServices;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>Runs one stored case and says in what the answer differs.</summary>
internal static class CaseComparison
{
    /// <summary>Runs a case of any of the kinds.</summary>
    /// <param name="loaded">The tokenizer.</param>
    /// <param name="line">The case.</param>
    /// <param name="longTexts">The texts that cases name with <c>long_text</c>; null where there are none.</param>
    /// <exception cref="TokenizerFault">The case is not understood.</exception>
    public static CaseDifference Compare(LoadedTokenizer loaded, JsonItem line, JsonItem? longTexts)
    {
        if (line.FindValue("rust") is not null) return Decoded(loaded.Tokenizer, line);
        if (line.FindValue("long_text") is { } name) return Long(loaded.Tokenizer, line, name, longTexts);
        TokenizeResult result;
        try
        {
            result = TokenizeRunner.Run(loaded, line);
        }
        catch (TruncationException e)
        {
            return line.FindValue("error")?.AsText("'error'") == e.Message ? CaseDifference.None : CaseDifference.Ids;
        }

        if (line.FindValue("error") is not null) return CaseDifference.Ids;
        return line.FindValue("encodings") is { } encodings ? Batch(line, encodings, result) : Single(loaded.Description, line, result.Encodings[0]);
    }

    private static CaseDifference Single(TokenizerDescription description, JsonItem line, TokenEncoding encoding)
    {
        CaseDifference difference = EncodingComparison.Compare(line, encoding);
        if (difference != CaseDifference.None && ScoreTie.IsTie(description, line, encoding)) return CaseDifference.Tie;
        return line.FindValue("overflow") is { } overflow ? difference | All(overflow, encoding.Overflow) : difference;
    }

    private static CaseDifference Batch(JsonItem line, JsonItem encodings, TokenizeResult result)
    {
        IReadOnlyList<KeyValuePair<int, TokenEncoding>> flat = result.Flat();
        CaseDifference difference = All(encodings, [.. flat.Select(p => p.Value)]);
        if (line.FindValue("overflow_to_sample_mapping") is { } mapping && !EncodingComparison.Numbers(mapping).SequenceEqual(flat.Select(p => p.Key)))
        {
            difference |= CaseDifference.Ids;
        }

        if (line.FindValue("overflow") is not { } overflow) return difference;
        JsonItem[] lists = [.. overflow.Items()];
        if (lists.Length != result.Encodings.Count) return CaseDifference.Ids;
        for (int i = 0; i < lists.Length; i++) difference |= All(lists[i], result.Encodings[i].Overflow);
        return difference;
    }

    private static CaseDifference All(JsonItem expected, IReadOnlyList<TokenEncoding> found)
    {
        JsonItem[] items = [.. expected.Items()];
        if (items.Length != found.Count) return CaseDifference.Ids;
        return items.Zip(found, EncodingComparison.Compare).Aggregate(CaseDifference.None, (all, one) => all | one);
    }

    private static CaseDifference Decoded(Tokenizer tokenizer, JsonItem line)
    {
        int[] ids = [.. EncodingComparison.Numbers(line.Require("ids", "a case"))];
        bool same = tokenizer.Decode(ids) == line.Require("rust", "a case").AsLooseText("'rust'")
            && tokenizer.Decode(ids, skipSpecialTokens: true) == line.Require("rust_skip", "a case").AsLooseText("'rust_skip'");
        return same ? CaseDifference.None : CaseDifference.Decoded;
    }

    private static CaseDifference Long(Tokenizer tokenizer, JsonItem line, JsonItem name, JsonItem? longTexts)
    {
        string key = name.AsText("'long_text'");
        string text = longTexts?.FindValue(key)?.AsLooseText("a long text")
            ?? throw name.Fault(ProblemKinds.TokenizerMalformed, $"the long text '{key}' is not in long_texts.json");
        TokenEncoding found = tokenizer.Encode(text);
        int[] ids = found.Ids();
        CaseDifference difference = EncodingComparison.Compare(line, found);
        bool same = ids.Length == line.Require("n", "a case").AsCount("'n'") && Matches(line, "ids_sha256", ids)
            && (line.FindValue("ids_head") is not { } head || EncodingComparison.Numbers(head).SequenceEqual(ids.Take(head.Items().Count())))
            && (line.FindValue("ids_tail") is not { } tail || EncodingComparison.Numbers(tail).SequenceEqual(ids.TakeLast(tail.Items().Count())));
        if (!same) difference |= CaseDifference.Ids;
        int[] offsets = [.. EncodingComparison.Flat(found.Tokens.Select(t => t.CodePoints))];
        return Matches(line, "offsets_sha256", offsets) ? difference : difference | CaseDifference.Offsets;
    }

    private static bool Matches(JsonItem line, string name, int[] numbers)
        => line.Require(name, "a case").AsText($"'{name}'") == Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers.AsSpan())));
}
