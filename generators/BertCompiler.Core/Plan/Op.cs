using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>One step of a forward pass. Buffers and weights are named; the plan's tables say what the names mean.</summary>
/// <param name="Reads">Buffers it reads.</param>
/// <param name="Writes">The buffer it writes.</param>
public abstract record Op(EquatableArray<string> Reads, string Writes)
{
    /// <summary>What the step is for, as the beginning of a sentence; the generated comment adds the shapes.</summary>
    public string Purpose { get; init; } = "";
}

/// <summary>Word + type + position vectors of each token, as far as the model has them, then LayerNorm.</summary>
/// <param name="HasPositions">Whether a row of the position table is added.</param>
/// <param name="CountsFrom">The pad id behind which positions are counted; null: positions are places in the text.</param>
/// <param name="HasTypes">Whether a row of the token type table is added.</param>
/// <param name="Epsilon">ε of the LayerNorm.</param>
/// <param name="Output">[T,E].</param>
public sealed record EmbedOp(bool HasPositions, int? CountsFrom, bool HasTypes, double Epsilon, string Output) : Op(default, Output);

/// <summary>y = finish(x·W + b).</summary>
public sealed record LinearOp(string Input, string Weight, string Bias, Finish Finish, string Output)
    : Op(new(Finish.Residual is { } r ? [Input, r] : [Input]), Output);

/// <summary>LayerNorm of every row.</summary>
public sealed record LayerNormOp(string Input, string Scale, string Shift, double Epsilon, string Output) : Op(new([Input]), Output);

/// <summary>softmax(Q·Kᵀ·scale + what is known of distances)·V for each sequence and head.</summary>
public sealed record AttentionOp(string Input, int Heads, int HeadSize, double Scale, RelativePositions Relative, string Output) : Op(new([Input]), Output);

/// <summary>The first row of each sequence.</summary>
public sealed record FirstTokenOp(string Input, string Output) : Op(new([Input]), Output);

/// <summary>The rows of the tokens that the caller asks for.</summary>
public sealed record SelectRowsOp(string Input, string Output) : Op(new([Input]), Output);

/// <summary>Hidden states of a sequence → one row; several poolings lie side by side; a prompt's tokens may be left out.</summary>
public sealed record PoolOp(string Input, EquatableArray<PoolingMode> Modes, int Width, bool IncludePrompt, string Output) : Op(new([Input]), Output);

/// <summary>Each row divided by its length.</summary>
public sealed record NormalizeOp(string Buffer) : Op(new([Buffer]), Buffer);
