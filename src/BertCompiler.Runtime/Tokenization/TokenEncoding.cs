namespace BertCompiler.Tokenization;

/// <summary>The tokens of a text or a pair, T of them, with their places in the text, and what was cut off.</summary>
public sealed class TokenEncoding
{
    private readonly Token[] _tokens;

    internal TokenEncoding(Token[] tokens, IReadOnlyList<TokenEncoding> overflow)
    {
        _tokens = tokens;
        Overflow = overflow;
    }

    /// <summary>The tokens in order, [T].</summary>
    public IReadOnlyList<Token> Tokens => _tokens;

    /// <summary>T: the number of tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>The windows that did not fit, in the order of Hugging Face tokenizers; their own <see cref="Overflow"/> is empty.</summary>
    public IReadOnlyList<TokenEncoding> Overflow { get; }

    /// <summary>Token ids, [T].</summary>
    public int[] Ids() => Array.ConvertAll(_tokens, t => t.Id);

    /// <summary>Token type (segment) ids, [T].</summary>
    public int[] TypeIds() => Array.ConvertAll(_tokens, t => t.TypeId);

    /// <summary>1 for a token that counts, 0 for padding, [T].</summary>
    public int[] AttentionMask() => Array.ConvertAll(_tokens, t => t.Kind == TokenKind.Padding ? 0 : 1);

    /// <summary>1 for tokens of the template and padding, 0 for text, [T].</summary>
    public int[] SpecialTokensMask() => Array.ConvertAll(_tokens, t => t.Kind == TokenKind.Text ? 0 : 1);

    /// <summary>The same encoding filled up with padding to <paramref name="length"/> tokens; unchanged where it has as many.</summary>
    /// <param name="length">Tokens wanted.</param>
    /// <param name="padding">The padding token.</param>
    /// <param name="side">At which end it is added.</param>
    internal TokenEncoding Pad(int length, Token padding, TextSide side)
    {
        IReadOnlyList<TokenEncoding> overflow = [.. Overflow.Select(o => o.Pad(length, padding, side))];
        if (length <= Count) return new(_tokens, overflow);
        Token[] fill = [.. Enumerable.Repeat(padding, length - Count)];
        return new(side == TextSide.Right ? [.. _tokens, .. fill] : [.. fill, .. _tokens], overflow);
    }
}
