using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>
/// Of a text with several best ways to cut, the reference takes the one that its rounding finds first. Another one is right too, if the sum
/// of its scores is the same.
/// </summary>
internal static class ScoreTie
{
    /// <summary>Sums of scores in another order differ in their last bits.</summary>
    private const double Closeness = 1e-9;

    /// <summary>Whether the case is marked <c>score_tie</c>, and what was found is as good.</summary>
    public static bool IsTie(TokenizerDescription tokenizer, JsonItem line, TokenEncoding found)
    {
        bool marked = tokenizer.Model == TokenizerModelKind.Unigram && line.FindValue("score_tie")?.AsBoolean("'score_tie'") == true;
        if (!marked || line.FindValue("ids") is not { } ids) return false;
        double expected = Score(tokenizer, EncodingComparison.Numbers(ids)), own = Score(tokenizer, found.Ids());
        return Math.Abs(expected - own) <= Closeness * Math.Max(1, Math.Abs(expected)) && CoversTheSame(line, found);
    }

    private static double Score(TokenizerDescription tokenizer, IEnumerable<int> ids) =>
        ids.Sum(id => id == tokenizer.ModelUnknownId ? tokenizer.UnknownScore : id < tokenizer.Scores.Count ? tokenizer.Scores[id] : 0);

    private static bool CoversTheSame(JsonItem line, TokenEncoding found)
    {
        if (line.FindValue("offsets") is not { } offsets) return true;
        int[] expected = [.. EncodingComparison.Numbers(offsets)], own = [.. EncodingComparison.Flat(found.Tokens.Select(t => t.CodePoints))];
        return expected.DefaultIfEmpty(0).Max() == own.DefaultIfEmpty(0).Max();
    }
}
