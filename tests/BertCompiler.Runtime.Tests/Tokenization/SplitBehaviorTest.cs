using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The examples that Hugging Face tokenizers give for each behaviour (tokenizer/normalizer.rs), and GPT-2's pattern.</summary>
public sealed class SplitBehaviorTest
{
    [Theory]
    [InlineData("Removed", "the|final|countdown")]
    [InlineData("Isolated", "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", "the-|final-|-|countdown")]
    [InlineData("MergedWithNext", "the|-final|-|-countdown")]
    [InlineData("Contiguous", "the|-|final|--|countdown")]
    public void EachBehaviourIsThatOfTheExample(string behavior, string expected)
    {
        const string text = "the-final--countdown";
        var output = new SplitList();
        var splitter = new DelimiterSplitter(output, Enum.Parse<SplitBehavior>(behavior), 0);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '-') splitter.Delimiter(i, i + 1);
        }

        splitter.End(text.Length);
        Assert.Equal(expected, Pieces(text, output));
    }

    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("I'll don't we'VE", "I|'ll| don|'t| we|'|VE")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a \n b ", "a| \n| b| ")]
    [InlineData("a\tb", "a|\t|b")]
    [InlineData("x1²３ ½", "x|1²３| ½")]
    [InlineData("!'s 's", "!'|s| '|s")]
    [InlineData("'", "'")]
    public void Gpt2SplitsAsItsPatternSays(string text, string expected)
    {
        var output = new SplitList();
        Gpt2Pattern.Split(text, 0, text.Length, output);
        Assert.Equal(expected, Pieces(text, output));
        string pattern = """'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""";
        var matches = System.Text.RegularExpressions.Regex.Matches(text, pattern, System.Text.RegularExpressions.RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        Assert.Equal(expected, string.Join('|', matches.Select(m => m.Value)));
    }

    private static string Pieces(string text, SplitList list)
        => string.Join('|', Enumerable.Range(0, list.Count).Select(i => text[list.StartOf(i)..list.EndOf(i)]));
}
