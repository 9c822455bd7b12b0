using BertCompiler.Kernels;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>Hidden states [T,H] of one text, with its tokens.</summary>
public sealed class TokenStates : IDisposable
{
    private readonly NativeBuffer _memory = new();
    private readonly Rows _hidden;

    internal TokenStates(TokenEncoding tokens, Rows hidden, bool truncated)
    {
        Tokens = tokens;
        Truncated = truncated;
        _hidden = _memory.Rows(hidden.Count, hidden.Columns);
        for (int i = 0; i < hidden.Count; i++) hidden[i].CopyTo(_hidden[i]);
    }

    /// <summary>T.</summary>
    public int Count => _hidden.Count;

    /// <summary>H.</summary>
    public int Hidden => _hidden.Columns;

    /// <summary>The tokens: ids, pieces, places in the text.</summary>
    public TokenEncoding Tokens { get; }

    /// <summary>Whether the text was cut because it is longer than the model can read.</summary>
    public bool Truncated { get; }

    /// <summary>Hidden state of token <paramref name="index"/>, [H].</summary>
    public ReadOnlySpan<float> this[int index] => _hidden[index];

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();

    /// <summary>For people: <c>4 tokens: [CLS] how ##ever [SEP], hidden states of 384 numbers</c>.</summary>
    public override string ToString() => $"{Tokens}, hidden states of {Printed.Count(_hidden.Columns, "number")}";
}
