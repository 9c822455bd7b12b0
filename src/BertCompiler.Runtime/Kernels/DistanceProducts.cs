namespace BertCompiler.Kernels;

/// <summary>Products of queries or keys with the vectors of distances, as far as distances occur.</summary>
/// <param name="distances">[D, 2P−1]: column r is the vector of distance r − P + 1.</param>
internal readonly unsafe struct DistanceProducts(PackedMatrix distances)
{
    private readonly PackedMatrix _distances = distances;

    /// <summary>D.</summary>
    public int Inputs => _distances.Inputs;

    /// <summary>Floats of a row of products: one a distance, in whole panels.</summary>
    public long Width => Rows.StrideFor(_distances.Outputs);

    /// <summary>P − 1, the farthest distance.</summary>
    private int Farthest => _distances.Outputs / 2;

    /// <summary>Least and greatest place.</summary>
    public static (int Least, int Most) Range(int* places, int count)
    {
        int least = places[0];
        int most = least;
        for (int i = 1; i < count; i++)
        {
            least = Math.Min(least, places[i]);
            most = Math.Max(most, places[i]);
        }

        return (least, most);
    }

    /// <summary>Column of distance <paramref name="distance"/>.</summary>
    public int ColumnOf(int distance) => distance + Farthest;

    /// <summary>Throws where two tokens are farther apart than there are vectors.</summary>
    public void Check(in AttentionHead head)
    {
        (int least, int most) = Range(head.Places, head.Length);
        if (most - least > Farthest) throw new ArgumentException($"two tokens are {most - least} places apart; the model knows distances up to {Farthest}");
    }

    /// <summary>The products of rows with the vectors of the distances <paramref name="low"/> … <paramref name="high"/>, each in its column.</summary>
    public void Multiply<T>(float* x, nint stride, int rows, int low, int high, float* products) where T : struct, ILanes<T>
    {
        const int width = PackedMatrix.PanelWidth;
        int last = Math.Min(ColumnOf(high), _distances.Outputs - 1);
        for (int column = Math.Max(ColumnOf(low), 0) / width * width; column <= last; column += width)
        {
            MatrixTile.Multiply<T>(rows, x, stride, _distances.Panels + ((long)column * Inputs), Inputs, products + column, (nint)Width);
        }
    }
}
