namespace BertCompiler;

/// <summary>Where the vectors of a call go: one behind another, or each into an array of its own.</summary>
internal readonly ref struct VectorRows
{
    private readonly Span<float> _all;
    private readonly float[][]? _each;
    private readonly int _dimension;

    public VectorRows(Span<float> all, int dimension)
    {
        _all = all;
        _dimension = dimension;
    }

    public VectorRows(float[][] each) => _each = each;

    public Span<float> this[int index] => _each is null ? _all.Slice(index * _dimension, _dimension) : _each[index];
}
