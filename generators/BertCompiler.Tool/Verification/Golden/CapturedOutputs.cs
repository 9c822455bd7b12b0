using BertCompiler.Kernels;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>Keeps a copy of every result of one run, row behind row.</summary>
internal sealed class CapturedOutputs : IModelOutputs
{
    private readonly Dictionary<string, float[]> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Layer, int Sequence, int Head), float[]> _attention = [];

    /// <summary>A result by its Hugging Face name; empty where the model has no such result.</summary>
    public ReadOnlySpan<float> this[string name] => _byName.TryGetValue(name, out float[]? values) ? values : [];

    /// <summary>Every result but attention, by name.</summary>
    public IReadOnlyDictionary<string, float[]> All => _byName;

    /// <summary>Attention probabilities [n,n] of a layer, sequence and head.</summary>
    public ReadOnlySpan<float> AttentionOf(int layer, int sequence, int head) => _attention[(layer, sequence, head)];

    public void Tokens(string name, Rows values, int column = -1) => _byName[name] = Copy(values, column);

    public void Sequences(string name, Rows values, int column = -1) => _byName[name] = Copy(values, column);

    public void Attention(int layer, int sequence, int head, Rows probabilities) => _attention[(layer, sequence, head)] = Copy(probabilities, -1);

    private static float[] Copy(Rows rows, int column)
    {
        int width = column < 0 ? rows.Columns : 1;
        var copy = new float[(long)rows.Count * width];
        for (int i = 0; i < rows.Count; i++)
        {
            if (column < 0) rows[i].CopyTo(copy.AsSpan(i * width));
            else copy[i] = rows[i][column];
        }

        return copy;
    }
}
