using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>
/// The inputs of one run: the tensors <c>NAME.input_ids</c> and, where they are there, <c>NAME.attention_mask</c>,
/// <c>NAME.token_type_ids</c> and <c>NAME.task_type_ids</c>.
/// </summary>
internal sealed record InputGroup
{
    /// <summary>Suffix of the tensor of token ids.</summary>
    public const string IdsSuffix = ".input_ids";

    /// <summary>Suffix of the tensor that says which tokens are real (1) and which are padding (0).</summary>
    public const string MaskSuffix = ".attention_mask";

    /// <summary>Suffix of the tensor of token type ids.</summary>
    public const string TypesSuffix = ".token_type_ids";

    /// <summary>Suffix of the tensor of task type ids (ERNIE).</summary>
    public const string TasksSuffix = ".task_type_ids";

    /// <summary>NAME.</summary>
    public required string Name { get; init; }

    /// <summary>Token ids, [B,T] or [B,C,T].</summary>
    public required TensorInfo Ids { get; init; }

    /// <summary>1 for a token, 0 for padding; null: all tokens.</summary>
    public TensorInfo? Mask { get; init; }

    /// <summary>Token type ids; null: all 0.</summary>
    public TensorInfo? Types { get; init; }

    /// <summary>Task type ids; null: all 0.</summary>
    public TensorInfo? Tasks { get; init; }

    /// <summary>T: tokens in a padded row.</summary>
    public required int Tokens { get; init; }

    /// <summary>Number of padded rows: B, or B·C.</summary>
    public required long Sequences { get; init; }

    /// <summary>C, where the model chooses between several texts; null elsewhere.</summary>
    public long? Choices { get; init; }

    /// <summary>Where an element stands, <c>[2, 17]</c>.</summary>
    public string PlaceOf(long sequence, int token) => Choices is { } choices
        ? FormattableString.Invariant($"[{sequence / choices}, {sequence % choices}, {token}]")
        : FormattableString.Invariant($"[{sequence}, {token}]");
}
