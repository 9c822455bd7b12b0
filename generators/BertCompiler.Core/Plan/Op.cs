using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>
/// One operation of a forward pass. It names all of its data: values that it reads and writes, packed tensors, and constants. What is not named
/// here is not used: emitters look nothing up by a name of their own.
/// </summary>
public abstract record Op
{
    /// <summary>Values it reads.</summary>
    public virtual EquatableArray<string> Reads => default;

    /// <summary>Packed tensors it reads.</summary>
    public virtual EquatableArray<string> Weights => default;

    /// <summary>Values it writes, each for the first time.</summary>
    public virtual EquatableArray<string> Writes => default;

    /// <summary>Values whose memory may hold the first value that is written: every number of theirs is read before that place is written.</summary>
    public virtual EquatableArray<string> Replaceable => default;

    /// <summary>What the step is for, as the beginning of a sentence; the generated comment adds the shapes.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>A list of those names that are there.</summary>
    private protected static EquatableArray<string> Names(params string?[] names) => new(names.OfType<string>());
}

/// <summary>The vectors of each token, as far as the model has them, added up and normalised.</summary>
/// <param name="Words">Word table.</param>
/// <param name="Positions">Position table; null: none is added.</param>
/// <param name="Types">Token type table; null: none is added.</param>
/// <param name="Tasks">Task type table; null: none is added.</param>
/// <param name="CountsFrom">The pad id after which positions are counted; null: positions are places in the text.</param>
/// <param name="Norm">How the sum is normalised; null: it is not.</param>
/// <param name="Output">[T,E].</param>
public sealed record EmbedOp(string Words, string? Positions, string? Types, string? Tasks, int? CountsFrom, LayerNorm? Norm, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Weights => Names(Words, Positions, Types, Tasks, Norm?.Scale, Norm?.Shift);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>y = finish(x·W + b).</summary>
public sealed record LinearOp(string Input, string Weight, string Bias, Finish Finish, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input, Finish.Residual);

    /// <inheritdoc/>
    public override EquatableArray<string> Weights => new([Weight, Bias, .. Finish.Weights]);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);

    /// <inheritdoc/>
    public override EquatableArray<string> Replaceable => Finish.Residual == Input ? default : Names(Finish.Residual);
}

/// <summary>y = f(x·W₁ + b₁)·(x·W₂ + b₂), both halves in one interleaved matrix.</summary>
public sealed record GatedLinearOp(string Input, string Weight, string Bias, Activation Activation, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Weights => Names(Weight, Bias);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>Every row normalised.</summary>
public sealed record NormOp(string Input, Norm Norm, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Weights => Norm.Weights;

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);

    /// <inheritdoc/>
    public override EquatableArray<string> Replaceable => Names(Input);
}

/// <summary>The first heads of each row rotated by the angles of the row's position; the rest stays. The output takes the input's memory.</summary>
public sealed record RotaryOp(string Input, string Table, int Heads, int HeadSize, RotaryPairing Pairing, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Weights => Names(Table);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);

    /// <inheritdoc/>
    public override EquatableArray<string> Replaceable => Names(Input);
}

/// <summary>softmax(Q·Kᵀ·scale + what is known of distances)·V for each sequence and head.</summary>
/// <param name="Input">Queries, keys and values side by side.</param>
/// <param name="Heads">A.</param>
/// <param name="KeyHeads">Heads of keys and values.</param>
/// <param name="HeadSize">D.</param>
/// <param name="Scale">What products are multiplied by.</param>
/// <param name="Window">Tokens on either side that a token attends to; null: all.</param>
/// <param name="Distances">What is added for distances; null: nothing.</param>
/// <param name="HandsOut">Whether the probabilities are handed out where somebody asks for them.</param>
/// <param name="Output">[T,A·D].</param>
public sealed record AttentionOp(string Input, int Heads, int KeyHeads, int HeadSize, double Scale, int? Window, Distances? Distances, bool HandsOut, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Weights => Distances?.Weights ?? default;

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>Each row with its neighbours in the sequence side by side; zeros outside the sequence.</summary>
/// <param name="Input">[T,H].</param>
/// <param name="Width">Rows side by side; odd.</param>
/// <param name="Output">[T,width·H].</param>
public sealed record NeighboursOp(string Input, int Width, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>The first row of each sequence.</summary>
public sealed record FirstTokenOp(string Input, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>The rows of the tokens that the caller asks for, in its order.</summary>
public sealed record SelectRowsOp(string Input, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>Rows of a sequence → one row; several poolings lie side by side; a prompt's tokens may be left out.</summary>
public sealed record PoolOp(string Input, EquatableArray<PoolingMode> Modes, int Width, bool IncludePrompt, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);
}

/// <summary>Each row divided by its length.</summary>
public sealed record NormalizeOp(string Input, string Output) : Op
{
    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);

    /// <inheritdoc/>
    public override EquatableArray<string> Writes => Names(Output);

    /// <inheritdoc/>
    public override EquatableArray<string> Replaceable => Names(Input);
}

/// <summary>Hands out hidden states where somebody asks for them, as <c>hidden_states.N</c>.</summary>
/// <param name="Input">[T,H].</param>
/// <param name="Number">N: 0 before the layers, L after them; null: after the layer that runs, its number plus 1.</param>
public sealed record TapOp(string Input, int? Number) : Op
{
    /// <summary>Whether the last layer's hidden states are handed out later, after the norm that follows the layers.</summary>
    public bool IsLastElsewhere { get; init; }

    /// <inheritdoc/>
    public override EquatableArray<string> Reads => Names(Input);
}
