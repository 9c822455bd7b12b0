using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The rules of BERT's normaliser, one by one, with the spans of what comes out.</summary>
public sealed class BertNormalizerTest
{
    private const string All = "clean chinese strip lower";

    [Theory]
    [InlineData(All, "Aé", "ae", "0-1 1-2")]
    [InlineData(All, "e\u0301x", "ex", "0-1 2-3")]
    [InlineData(All, "\u00ADa\uE000\uFFFDb", "ab", "1-2 4-5")]
    [InlineData(All, "a\tb\u2003c", "a b c", "0-1 1-2 2-3 3-4 4-5")]
    [InlineData(All, "a\u0301\u0007\u0323b", "ab", "0-1 4-5")]
    [InlineData(All, "中a", " 中 a", "0-1 0-1 0-1 1-2")]
    [InlineData(All, "한", "\u1112\u1161\u11AB", "0-1 0-1 0-1")]
    [InlineData(All, "\u0130", "i", "0-1")]
    [InlineData("lower", "\u0130", "i\u0307", "0-1 0-1")]
    [InlineData("lower", "ΑΣ", "ασ", "0-1 1-2")]
    [InlineData("lower", "ẞÉA", "ßéa", "0-1 1-2 2-3")]
    [InlineData("lower", "\U00010400", "\U00010428", "0-2")]
    [InlineData("", "A\0\t中", "A\0\t中", "0-1 1-2 2-3 3-4")]
    public void EachRuleHolds(string options, string text, string expected, string spans)
        => Assert.Equal((expected, spans), Normalize(options, text));

    /// <summary>An attribute cannot hold half of a surrogate pair.</summary>
    [Fact]
    public void HalfAPairIsTheReplacementCharacter()
    {
        Assert.Equal(("Éé", "0-1 2-3"), Normalize("clean", "É\uD800é"));
        Assert.Equal(("\uFFFDa", "0-1 1-2"), Normalize("", "\uDC00a"));
    }

    /// <summary>
    /// U+302E has class 224 and U+1D165 class 216; neither counts as an accent, as U+0301 (class 230) does. They change places; the first
    /// keeps the span of what stood first.
    /// </summary>
    [Fact]
    public void MarksAreSortedByClassAndSpansStay()
        => Assert.Equal(("a\U0001D165\u302Eb", "0-1 1-2 2-3 5-6"), Normalize("strip", "a\u302E\u0301\U0001D165b"));

    [Fact]
    public void ALongRunOfMarksIsSortedStably()
    {
        string run = string.Concat(Enumerable.Repeat("\u302E\u302F\U0001D165\U0001D166", 50));
        string expected = string.Concat(Enumerable.Repeat("\U0001D165\U0001D166", 50)) + string.Concat(Enumerable.Repeat("\u302E\u302F", 50));
        Assert.Equal($"a{expected}b", Normalize("strip", $"a{run}b").Text);
    }

    private static (string Text, string Spans) Normalize(string options, string text) => StepText.Run(text, normalized =>
    {
        if (options.Contains("clean", StringComparison.Ordinal)) normalized.CleanText();
        if (options.Contains("chinese", StringComparison.Ordinal)) normalized.SpaceIdeographs();
        if (options.Contains("strip", StringComparison.Ordinal)) normalized.DecomposeAndDropAccents();
        if (options.Contains("lower", StringComparison.Ordinal)) normalized.Lowercase();
    });
}
