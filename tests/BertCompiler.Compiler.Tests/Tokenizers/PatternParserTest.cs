using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>Which regular expressions can be packed.</summary>
public sealed class PatternParserTest
{
    [Theory]
    [InlineData(@"\s+", "WhiteSpace '' 1-")]
    [InlineData(" {2,}", "None ' ' 2-")]
    [InlineData(@"\p{N}{1,3}|[\p{P}\p{S}]", "Number '' 1-3|PatternPunctuation, Symbol '' 1-1")]
    [InlineData(@"[^\s\p{L}]+", "not Letter, WhiteSpace '' 1-")]
    [InlineData(@"[a-cx\-]", "None 'abcx-' 1-1")]
    [InlineData(@"\S{3}", "not WhiteSpace '' 3-3")]
    [InlineData(@"\.", "None '.' 1-1")]
    [InlineData(@"\t", "None '\t' 1-1")]
    public void SetsAndTheirCountsAreRead(string pattern, string expected)
    {
        IReadOnlyList<SetRun> items = PatternParser.TryParse(pattern)!;
        Assert.NotNull(items);
        Assert.Equal(expected, string.Join('|', items.Select(Describe)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a*")]
    [InlineData("a?")]
    [InlineData("a+?")]
    [InlineData("a{0,2}")]
    [InlineData("a{3,2}")]
    [InlineData("a{1000}")]
    [InlineData("ab+")]
    [InlineData("(a+)+$")]
    [InlineData("a|")]
    [InlineData("|a")]
    [InlineData("^a")]
    [InlineData(".")]
    [InlineData(@"\b")]
    [InlineData(@"\p{Lu}")]
    [InlineData(@"\p{L")]
    [InlineData(@"[a-z&&[b]]")]
    [InlineData(@"[\S]")]
    [InlineData("[]")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("[😀]")]
    [InlineData(@"\")]
    [InlineData("a{99999999999}")]
    public void OthersAreRefused(string pattern) => Assert.Null(PatternParser.TryParse(pattern));

    [Theory]
    [InlineData("ing", "ing")]
    [InlineData("in g", "in g")]
    [InlineData("in.", null)]
    [InlineData("", null)]
    public void AnExpressionWithoutSpecialCharactersIsAText(string pattern, string? expected) => Assert.Equal(expected, PatternParser.TryLiteral(pattern));

    private static string Describe(SetRun item)
        => $"{(item.Negated ? "not " : "")}{item.Sets} '{item.Characters}' {item.Least}-{(item.Most == int.MaxValue ? "" : item.Most)}";
}
