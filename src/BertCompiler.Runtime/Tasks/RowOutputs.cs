using BertCompiler.Kernels;

namespace BertCompiler.Tasks;

/// <summary>Hands the rows of some named results to a reader, each with the text and the token that it belongs to.</summary>
internal sealed class RowOutputs(TokenBatch batch, string[] names, RowReader reader) : IModelOutputs
{
    /// <summary>Number of the batch's first text among all.</summary>
    public int FirstItem { get; set; }

    public void Tokens(string name, Rows values, int column = -1)
    {
        if (!names.Contains(name)) return;
        int row = 0;
        for (int item = 0; item < batch.Count; item++)
        {
            int length = batch.LengthOf(item);
            for (int token = 0; token < length; token++) reader(name, FirstItem + item, token, Row(values, row++, column));
        }
    }

    public void Sequences(string name, Rows values, int column = -1)
    {
        if (!names.Contains(name)) return;
        for (int item = 0; item < batch.Count; item++) reader(name, FirstItem + item, 0, Row(values, item, column));
    }

    public void Attention(int layer, int sequence, int head, Rows probabilities)
    {
    }

    private static ReadOnlySpan<float> Row(Rows values, int row, int column) => column < 0 ? values[row] : values[row].Slice(column, 1);
}
