namespace BertCompiler.Tokenization;

/// <summary>The tokens of a text or a pair, T of them, with their places in the text, and what was cut off.</summary>
public sealed class TokenEncoding
{
    private readonly Token[] _tokens;
    private readonly Lazy<IReadOnlyList<TokenEncoding>>? _overflow;

    internal TokenEncoding(Token[] tokens, bool isTruncated, Func<IReadOnlyList<TokenEncoding>>? overflow)
    {
        _tokens = tokens;
        IsTruncated = isTruncated;
        if (overflow is not null) _overflow = new(overflow);
    }

    /// <summary>The tokens in order, [T].</summary>
    public IReadOnlyList<Token> Tokens => _tokens;

    /// <summary>T: the number of tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>Whether tokens were cut off; they are in <see cref="Overflow"/>.</summary>
    public bool IsTruncated { get; }

    /// <summary>
    /// The windows that did not fit, in the order of Hugging Face tokenizers; their own overflow is empty. They are made when they are first
    /// asked for: of a pair, each window of one text goes with each of the other.
    /// </summary>
    public IReadOnlyList<TokenEncoding> Overflow => _overflow?.Value ?? [];

    /// <summary>For people: <c>4 tokens: [CLS] how ##ever [SEP]</c>.</summary>
    public override string ToString() => $"{Printed.Count(Count, "token")}: {Printed.Short(string.Join(' ', Tokens.Take(32).Select(t => t.Text)) + (Count > 32 ? " …" : ""))}{Printed.Cut(IsTruncated)}";

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
        var fill = new Token[Math.Max(length - Count, 0)];
        Array.Fill(fill, padding);
        Func<IReadOnlyList<TokenEncoding>>? overflow = IsTruncated ? () => [.. Overflow.Select(o => o.Pad(length, padding, side))] : null;
        return new(side == TextSide.Right ? [.. _tokens, .. fill] : [.. fill, .. _tokens], IsTruncated, overflow);
    }
}
