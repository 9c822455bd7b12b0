using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>Hidden states [T,H] of one text, with its tokens.</summary>
public sealed class TokenStates : IDisposable
{
    // Managed memory, not native: a span that the caller still holds keeps it alive, whoever disposes of this object meanwhile.
    private float[]? _values;

    internal TokenStates(TokenEncoding tokens, Rows hidden)
    {
        Tokens = tokens;
        Count = hidden.Count;
        Hidden = hidden.Columns;
        _values = GC.AllocateUninitializedArray<float>(checked(Count * Hidden));
        for (int i = 0; i < Count; i++) hidden[i].CopyTo(_values.AsSpan(i * Hidden));
    }

    /// <summary>T.</summary>
    public int Count { get; }

    /// <summary>H.</summary>
    public int Hidden { get; }

    /// <summary>The tokens: ids, pieces, places in the text.</summary>
    public TokenEncoding Tokens { get; }

    /// <summary>Whether the text was cut because it is longer than the model can read.</summary>
    public bool Truncated => Tokens.IsTruncated;

    /// <summary>Hidden state of token <paramref name="index"/>, [H].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    /// <exception cref="ObjectDisposedException">The states were disposed of.</exception>
    public ReadOnlySpan<float> this[int index]
    {
        get
        {
            float[]? values = _values;
            ObjectDisposedException.ThrowIf(values is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return values.AsSpan(index * Hidden, Hidden);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _values = null;

    /// <summary>For people: <c>4 tokens: [CLS] how ##ever [SEP], hidden states of 384 numbers</c>.</summary>
    public override string ToString() => $"{Tokens}, hidden states of {Printed.Count(Hidden, "number")}";
}
