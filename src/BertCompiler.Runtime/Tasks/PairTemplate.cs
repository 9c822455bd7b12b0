using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>The special tokens that a tokenizer puts round a pair, for pairs that are cut by other rules than the tokenizer's.</summary>
internal sealed class PairTemplate
{
    private readonly Token[] _leading;
    private readonly Token[] _middle;
    private readonly Token[] _trailing;
    private readonly int _firstType;
    private readonly int _secondType;

    public PairTemplate(Tokenizer tokenizer)
    {
        Token[] sample = [.. tokenizer.Encode("a", "a").Tokens];
        int first = Array.FindIndex(sample, t => t.Sequence == 0);
        int second = Array.FindIndex(sample, t => t.Sequence == 1);
        _leading = sample[..first];
        _middle = [.. sample[first..second].Where(t => t.Kind == TokenKind.Special)];
        _trailing = [.. sample[second..].Where(t => t.Kind == TokenKind.Special)];
        _firstType = sample[first].TypeId;
        _secondType = sample[second].TypeId;
    }

    /// <summary>Index of the second text's first token.</summary>
    public int SecondOffset(int firstCount) => _leading.Length + firstCount + _middle.Length;

    /// <summary>Puts the special tokens round two texts' tokens.</summary>
    public TokenEncoding Assemble(Token[] first, Token[] second)
    {
        Token[] tokens = [.. _leading, .. first, .. _middle, .. second, .. _trailing];
        for (int i = 0; i < first.Length; i++) tokens[_leading.Length + i] = first[i] with { TypeId = _firstType, Sequence = 0 };
        int offset = SecondOffset(first.Length);
        for (int i = 0; i < second.Length; i++) tokens[offset + i] = second[i] with { TypeId = _secondType, Sequence = 1 };
        return new TokenEncoding(tokens, isTruncated: false, overflow: null);
    }
}
