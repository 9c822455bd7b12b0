using BertCompiler.Kernels;

namespace BertCompiler.Tool.Verification.Tasks.Replay;

/// <summary>Logits that a reference program computed, by the ids of the sequence that they belong to.</summary>
internal sealed class StoredLogits
{
    private readonly Dictionary<string, float[]> _rows = new(StringComparer.Ordinal);

    /// <summary>Keeps the rows of a result.</summary>
    /// <param name="output">The result's name.</param>
    /// <param name="ids">The sequence.</param>
    /// <param name="rows">Its rows: one a token, or one alone.</param>
    public void Add(string output, ReadOnlySpan<int> ids, float[] rows) => _rows[Key(output, ids)] = rows;

    /// <summary>Whether a sequence is known.</summary>
    public bool Has(string output, ReadOnlySpan<int> ids) => _rows.ContainsKey(Key(output, ids));

    /// <summary>A row a token; several results lie side by side.</summary>
    public Rows OfTokens(string[] outputs, TokenBatch batch, Workspace work)
    {
        int[] widths = [.. outputs.Select(output => Stored(output, batch, 0).Length / batch.LengthOf(0))];
        Rows rows = work.Rows(0, batch.TokenCount, widths.Sum());
        int column = 0;
        for (int i = 0; i < outputs.Length; column += widths[i++])
        {
            for (int s = 0; s < batch.Count; s++)
            {
                float[] stored = Stored(outputs[i], batch, s);
                for (int t = 0; t < batch.LengthOf(s); t++) stored.AsSpan(t * widths[i], widths[i]).CopyTo(rows[batch.Offsets[s] + t][column..]);
            }
        }

        return rows;
    }

    /// <summary>A row a sequence.</summary>
    public Rows OfSequences(string output, TokenBatch batch, Workspace work)
    {
        Rows rows = work.Rows(0, batch.Count, Stored(output, batch, 0).Length);
        for (int s = 0; s < batch.Count; s++) Stored(output, batch, s).CopyTo(rows[s]);
        return rows;
    }

    private float[] Stored(string output, TokenBatch batch, int sequence)
    {
        ReadOnlySpan<int> ids = batch.Ids.Slice(batch.Offsets[sequence], batch.LengthOf(sequence));
        return _rows.TryGetValue(Key(output, ids), out float[]? rows) ? rows : throw new InvalidDataException($"no '{output}' is stored for the ids {Key("", ids)}");
    }

    private static string Key(string output, ReadOnlySpan<int> ids) => $"{output} {string.Join(',', ids.ToArray())}";
}
