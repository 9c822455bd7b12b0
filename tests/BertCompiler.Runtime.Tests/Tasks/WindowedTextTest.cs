using BertCompiler.Tasks;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>The windows of a long text, and which of its tokens stay where only one window is read.</summary>
public sealed class WindowedTextTest
{
    [Theory]
    [InlineData(TextSide.Right, false, "0 1 2 3 4 5 6", 3)]
    [InlineData(TextSide.Left, false, "0 1 2 3 4 5 6", 3)]
    [InlineData(TextSide.Right, true, "0 1 2", 1)]
    [InlineData(TextSide.Left, true, "4 5 6", 1)]
    public void One_window_keeps_the_end_that_the_tokenizer_keeps(TextSide side, bool firstOnly, string kept, int windows)
    {
        var text = new WindowedText(Encoding(7), maxTokens: 5, stride: 1, firstOnly, side);
        Assert.Equal(kept, string.Join(' ', text.Tokens.Select(t => t.Id)));
        Assert.Equal(windows, text.Count);
    }

    [Theory]
    [InlineData(TextSide.Right)]
    [InlineData(TextSide.Left)]
    public void A_text_that_fits_stays_whole(TextSide side)
    {
        Assert.Equal(3, new WindowedText(Encoding(3), maxTokens: 5, stride: 1, firstOnly: true, side).Tokens.Length);
        Assert.Empty(new WindowedText(Encoding(0), maxTokens: 5, stride: 1, firstOnly: true, side).Tokens);
    }

    /// <summary>So many tokens of a text between two special ones.</summary>
    private static TokenEncoding Encoding(int count) => new(
        [Token(100, TokenKind.Special), .. Enumerable.Range(0, count).Select(id => Token(id, TokenKind.Text)), Token(101, TokenKind.Special)], isTruncated: false, overflow: null);

    private static Token Token(int id, TokenKind kind) => new(id, 0, "", default, default, 0, 0, kind);
}
