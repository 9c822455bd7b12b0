namespace BertCompiler;

/// <summary>How BERT's SQuAD script decodes (the flags of google-research/bert, <c>run_squad.py</c>, with its defaults).</summary>
public sealed record SquadOptions
{
    /// <summary>The most tokens of a window: question, part of the context and special tokens; null: 384, or what the model reads.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Tokens from the beginning of one window to that of the next.</summary>
    public int DocStride { get; init; } = 128;

    /// <summary>The most tokens of the question; more are cut off, and the answer says so.</summary>
    public int MaxQueryLength { get; init; } = 64;

    /// <summary>How many starts, ends and answers are considered.</summary>
    public int NBest { get; init; } = 20;

    /// <summary>The most tokens of an answer.</summary>
    public int MaxAnswerTokens { get; init; } = 30;

    /// <summary>Whether a context may hold no answer (SQuAD 2.0).</summary>
    public bool AllowNoAnswer { get; init; }

    /// <summary>There is no answer where its score passes that of the best answer by more than this.</summary>
    public double NullThreshold { get; init; }

    /// <summary>Whether the model is uncased (<c>do_lower_case</c>), for finding pieces in the original again; null: whether the tokenizer lower-cases.</summary>
    public bool? LowerCase { get; init; }

    /// <summary>The options with their length, if they can be followed.</summary>
    internal SquadOptions Checked(int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(DocStride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueryLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NBest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAnswerTokens, 1);
        return this with { MaxLength = maxLength };
    }
}
