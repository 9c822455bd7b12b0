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

    long IRelativePositions.ScratchFor(int longest, int headSize, in DistanceTable table) => TileRows.Most * _products.Width;

    DistanceTable IRelativePositions.Tabulate(AttentionScratch scratch, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions) => default;

    float IRelativePositions.SoftmaxScale(float scale) => scale;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch) => _products.Check(head);

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile)
    {
        int* places = head.KeyPlaces + tile.Column;
        (int least, int most) = DistanceProducts.Range(places, tile.Columns);
        (int low, int high) = DistanceProducts.Range(head.Places + tile.Row, tile.Count);
        _products.Multiply<T>(head.Queries + (tile.Row * head.Stride), head.Stride, tile.Count, low - most, high - least, scratch);
        for (int i = 0; i < tile.Count; i++)
        {
            float* x = tile.Scores + (i * tile.Stride);
            float* product = scratch + (i * _products.Width) + _products.ColumnOf(head.Places[tile.Row + i]);
            for (int j = 0; j < tile.Columns; j++) x[j] += product[-places[j]];
        }
    }
}
