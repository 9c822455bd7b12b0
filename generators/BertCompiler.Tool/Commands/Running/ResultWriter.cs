using BertCompiler.Kernels;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>Writes a ragged batch's results to where they stand in the padded tensors. What padding would get stays 0.</summary>
internal sealed class ResultWriter(SafeTensorsOutput file, IReadOnlyList<ModelOutput> outputs) : IModelOutputs
{
    private readonly Dictionary<string, int> _numbers = outputs.Select((o, i) => KeyValuePair.Create(o.Name, i)).ToDictionary(StringComparer.Ordinal);
    private PaddedChunk _chunk = null!;
    private int _firstTensor;
    private float[] _buffer = [];

    /// <summary>Says which rows come next.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="firstTensor">Number of the tensor that takes the group's first result; the others follow.</param>
    public void Begin(PaddedChunk chunk, int firstTensor) => (_chunk, _firstTensor) = (chunk, firstTensor);

    /// <inheritdoc/>
    public void Tokens(string name, Rows values, int column = -1)
    {
        int tokens = _chunk.Group.Tokens;
        int width = column < 0 ? values.Columns : 1;
        for (int s = 0; s < _chunk.Sequences.Count; s++)
        {
            Span<float> row = Buffer(checked(tokens * width));
            int start = _chunk.Batch.Offsets[s];
            for (int i = 0; i < _chunk.Batch.LengthOf(s); i++)
            {
                Part(values, start + i, column).CopyTo(row[(_chunk.Places[start + i] * width)..]);
            }

            file.Write(Tensor(name), _chunk.Sequences[s] * row.Length, row);
        }
    }

    /// <inheritdoc/>
    public void Sequences(string name, Rows values, int column = -1)
    {
        for (int s = 0; s < _chunk.Sequences.Count; s++)
        {
            ReadOnlySpan<float> row = Part(values, s, column);
            file.Write(Tensor(name), _chunk.Sequences[s] * row.Length, row);
        }
    }

    /// <inheritdoc/>
    public void Attention(int layer, int sequence, int head, Rows probabilities)
    {
        string name = ModelOutput.Attention(layer);
        int tokens = _chunk.Group.Tokens;
        Span<float> square = Buffer(checked(tokens * tokens));
        ReadOnlySpan<int> places = _chunk.Places.Slice(_chunk.Batch.Offsets[sequence], _chunk.Batch.LengthOf(sequence));
        for (int query = 0; query < places.Length; query++)
        {
            ReadOnlySpan<float> row = probabilities[query];
            for (int key = 0; key < places.Length; key++) square[(places[query] * tokens) + places[key]] = row[key];
        }

        int heads = outputs[_numbers[name]].Width;
        file.Write(Tensor(name), ((_chunk.Sequences[sequence] * heads) + head) * square.Length, square);
    }

    private static ReadOnlySpan<float> Part(Rows values, int row, int column) => column < 0 ? values[row] : values[row].Slice(column, 1);

    private int Tensor(string name) => _firstTensor + _numbers[name];

    private Span<float> Buffer(int length)
    {
        if (_buffer.Length < length) _buffer = new float[length];
        Span<float> buffer = _buffer.AsSpan(0, length);
        buffer.Clear();
        return buffer;
    }
}
