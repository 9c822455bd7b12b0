namespace BertCompiler.Kernels;

/// <summary>
/// A learned vector for each distance, multiplied with the query and with the key, both added to the raw score (Huang et al. 2020, method 4;
/// Hugging Face's <c>relative_key_query</c>):
/// <code>S′ᵢⱼ = Sᵢⱼ + Σ_d Qᵢ_d·E[pᵢ − pⱼ + P − 1]_d + Σ_d Kⱼ_d·E[pᵢ − pⱼ + P − 1]_d,  p: where a token stands</code>
/// </summary>
/// <param name="distances">E, [D, 2P−1] as a matrix: column r is the vector of distance r − P + 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct RelativeKeyQuery(PackedMatrix distances) : IRelativePositions
{
    private readonly DistanceProducts _products = new(distances);

    void IRelativePositions.Check(int heads, int headSize) => Shape.RequireEqual(_products.Inputs, headSize, "distances");

    /// <summary>Products of a tile of queries, then of all keys.</summary>
    long IRelativePositions.ScratchFor(int longest, int headSize, in DistanceTable table) => (TileRows.Most + (long)longest) * _products.Width;

    DistanceTable IRelativePositions.Tabulate(AttentionScratch scratch, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions) => default;

    float IRelativePositions.SoftmaxScale(float scale) => scale;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch)
    {
        _products.Check(head);
        float* ofKeys = scratch + ((long)TileRows.Most * _products.Width);
        (int least, int most) = DistanceProducts.Range(head.Places, head.Length);
        for (int key = 0; key < head.KeyCount; key += T.TileRows)
        {
            int count = Math.Min(T.TileRows, head.KeyCount - key);
            (int low, int high) = DistanceProducts.Range(head.KeyPlaces + key, count);
            _products.Multiply<T>(head.Keys + (key * head.Stride), head.Stride, count, least - high, most - low, ofKeys + ((long)key * _products.Width));
        }
    }

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile)
    {
        int* places = head.KeyPlaces + tile.Column;
        (int least, int most) = DistanceProducts.Range(places, tile.Columns);
        (int low, int high) = DistanceProducts.Range(head.Places + tile.Row, tile.Count);
        _products.Multiply<T>(head.Queries + (tile.Row * head.Stride), head.Stride, tile.Count, low - most, high - least, scratch);
        float* ofKeys = scratch + ((long)TileRows.Most * _products.Width);
        for (int i = 0; i < tile.Count; i++)
        {
            float* x = tile.Scores + (i * tile.Stride);
            int column = _products.ColumnOf(head.Places[tile.Row + i]);
            float* ofQuery = scratch + (i * _products.Width) + column;
            float* ofKey = ofKeys + (tile.Column * _products.Width) + column;
            for (int j = 0; j < tile.Columns; j++, ofKey += _products.Width) x[j] = x[j] + ofQuery[-places[j]] + ofKey[-places[j]];
        }
    }
}
