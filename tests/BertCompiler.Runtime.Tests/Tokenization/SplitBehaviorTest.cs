using System.Text.RegularExpressions;
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
        SplitBehavior parsed = Enum.Parse<SplitBehavior>(behavior);
        Assert.Equal(expected, StepText.Split("the-final--countdown", t => t.Punctuation(parsed)));
        var dash = new TextPattern("-");
        Assert.Equal(expected, StepText.Split("the-final--countdown", t => t.Split(dash, parsed, invert: false)));
    }

    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("I'll don't we'VE", "I|'ll| don|'t| we|'|VE")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a \n b ", "a| \n| b| ")]
    [InlineData("a\tb", "a|\t|b")]
    [InlineData("a \u3000b\u00A0 \u3000c", "a| |\u3000|b|\u00A0 |\u3000|c")]
    [InlineData("x1²３ ½", "x|1²３| ½")]
    [InlineData("!'s 's", "!'|s| '|s")]
    [InlineData("'", "'")]
    public void Gpt2SplitsAsItsPatternSays(string text, string expected)
    {
        string pattern = """'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""";
        MatchCollection matches = Regex.Matches(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        Assert.Equal(expected, string.Join('|', matches.Select(m => m.Value)));
        Assert.Equal(expected, StepText.Split(text, Gpt2));
    }

    /// <summary>Words, signs and white space at every place of a block of 64 bytes, and code points that reach over its end.</summary>
    [Theory]
    [InlineData("ab cd")]
    [InlineData("a,b")]
    [InlineData("é…ü")]
    [InlineData("x\u3000y")]
    [InlineData(" \u00A0")]
    [InlineData("…")]
    [InlineData("\U00010400a")]
    public void BertWordsAreTheSameAtEveryPlace(string part)
    {
        for (int before = 0; before < 140; before++)
        {
            string text = new string('w', before) + part + part + new string('v', 70);
            MatchCollection words = Regex.Matches(text, @"\p{P}|[^\p{P}\s]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
            Assert.Equal(string.Join('|', words.Select(m => m.Value)), StepText.Split(text, t => t.BertWords()));
        }
    }

    private static void Gpt2(SplitText text)
    {
        SplitList output = text.NextPieces();
        Gpt2Pattern.Split(text.Text.Bytes, 0, text.Text.Length, output);
        text.TakePieces();
    }
}
