namespace BertCompiler.Tokenization;

/// <summary>How a text or a pair is encoded. The default adds special tokens and cuts nothing.</summary>
public sealed record EncodeOptions
{
    /// <summary>What is used where no options are given.</summary>
    public static EncodeOptions Default { get; } = new();

    /// <summary>Whether the special tokens of the template are put round the text.</summary>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>Which text gives way where there are more than <see cref="MaxLength"/> tokens.</summary>
    public TruncationStrategy Truncation { get; init; }

    /// <summary>
    /// The most tokens, special tokens counted; used where <see cref="Truncation"/> cuts. If the special tokens alone are more, nothing is
    /// cut, as in Hugging Face tokenizers.
    /// </summary>
    public int MaxLength { get; init; } = 512;

    /// <summary>Tokens that a window shares with the one before it; less than the tokens of a text that fit.</summary>
    public int Stride { get; init; }

    /// <summary>At which end tokens are cut away; null: at the tokenizer's own (<see cref="Tokenizer.TruncationSide"/>).</summary>
    public TextSide? TruncationSide { get; init; }
}
