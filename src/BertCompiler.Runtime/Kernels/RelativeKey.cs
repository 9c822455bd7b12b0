namespace BertCompiler.Kernels;

/// <summary>
/// A learned vector for each distance, multiplied with the query and added to the raw score (Shaw et al. 2018; Hugging Face's
/// <c>relative_key</c>):
/// <code>S′ᵢⱼ = Sᵢⱼ + Σ_d Qᵢ_d·E[pᵢ − pⱼ + P − 1]_d,  p: where a token stands</code>
/// </summary>
/// <param name="distances">E, [D, 2P−1] as a matrix: column r is the vector of distance r − P + 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct RelativeKey(PackedMatrix distances) : IRelativePositions
{
    private readonly DistanceProducts _products = new(distances);

    void IRelativePositions.Check(int heads, int headSize) => Shape.RequireEqual(_products.Inputs, headSize, "distances");

    long IRelativePositions.ScratchFor(int longest) => TileRows.Most * _products.Width;

    float IRelativePositions.SoftmaxScale(float scale) => scale;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch) => _products.Check(head);

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, int row, int count, float* scores, nint stride)
    {
        (int least, int most) = DistanceProducts.Range(head.KeyPlaces, head.KeyCount);
        (int low, int high) = DistanceProducts.Range(head.Places + row, count);
        _products.Multiply<T>(head.Queries + (row * head.Stride), head.Stride, count, low - most, high - least, scratch);
        for (int i = 0; i < count; i++)
        {
            float* x = scores + (i * stride);
            float* product = scratch + (i * _products.Width) + _products.ColumnOf(head.Places[row + i]);
            for (int j = 0; j < head.KeyCount; j++) x[j] += product[-head.KeyPlaces[j]];
        }
    }
}
