namespace BertCompiler.Kernels;

/// <summary>
/// Rotary positions (Su et al. 2021, "RoFormer", §3.2.2): each pair of a head's columns is turned by an angle that grows with the token's
/// position, so that the product of a query and a key depends on the distance between them. Which columns are a pair says an
/// <see cref="IRotaryPairs"/>. Each result is two products and their sum, rounded one after the other as in PyTorch; error: 2 ulp of the
/// larger product.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Rotary
{
    /// <summary>Turns the first heads·headSize columns of each row in place; the others stay as they are.</summary>
    /// <typeparam name="TPairs">Which columns are pairs.</typeparam>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T, heads·headSize or more]: queries, and behind them keys.</param>
    /// <param name="positions">Row of the table that each token takes, [T].</param>
    /// <param name="angles">[P,D]: row p is sin_0 … sin_{D/2−1}, cos_0 … cos_{D/2−1} at position p.</param>
    /// <param name="heads">Heads of queries and of keys together.</param>
    /// <param name="headSize">D, an even number.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position that is not in the table.</exception>
    public static void Apply<TPairs>(CrewCall crew, Rows x, ReadOnlySpan<int> positions, PackedTable angles, int heads, int headSize)
        where TPairs : struct, IRotaryPairs
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headSize, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(headSize % 2, 0, nameof(headSize));
        Shape.RequireStride(x, nameof(x));
        int columns = checked(heads * headSize);
        if (x.Columns < columns) throw new ArgumentException($"{x.Columns} columns where {columns} are to be turned", nameof(x));
        Shape.RequireEqual(positions.Length, x.Count, nameof(positions));
        Shape.RequireEqual(angles.Columns, headSize, nameof(angles));
        foreach (int position in positions)
        {
            if ((uint)position >= (uint)angles.RowCount)
            {
                throw new ArgumentOutOfRangeException(nameof(positions), position, $"a token's position is {position}; the table of angles has {angles.RowCount} rows");
            }
        }

        fixed (int* places = positions)
        {
            var kernel = new RotaryKernel<TPairs>(x, places, angles, heads, headSize);
            crew.Run(ref kernel, kernel.Items, (long)x.Count * columns >= 100_000);
        }
    }
}
