namespace BertCompiler.Tool.Tokenizers;

/// <summary>Ids of the tokens with a role; −1 where the tokenizer has none.</summary>
internal sealed record SpecialIds(int Unknown, int Cls, int Sep, int Mask, int Pad)
{
    public static SpecialIds None { get; } = new(-1, -1, -1, -1, -1);
}
