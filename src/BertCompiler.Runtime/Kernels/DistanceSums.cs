using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <summary>
/// Adds the products of distances to a tile of scores. Near distances have a column each, one after the other: there a query's products are
/// added as they lie, and those of keys along diagonals. Each score gets the same two additions everywhere, so no bit depends on the way.
/// </summary>
internal static unsafe class DistanceSums
{
    /// <summary>Tokens one after the other: the products of queries.</summary>
    public static void AddOfQueries<T>(in AttentionHead head, in AttentionTile tile, in DisentangledMemory memory) where T : struct, ILanes<T>
    {
        DistanceTable table = head.Table;
        for (int i = 0; i < tile.Count; i++)
        {
            float* x = tile.Scores + (i * tile.Stride);
            float* products = memory.OfQueries + (i * memory.QueryStride) - memory.FirstColumn;
            int distance = head.FirstKey + tile.Column - (tile.Row + i);
            for (int j = 0; j < tile.Columns; j += 16)
            {
                int count = Math.Min(16, tile.Columns - j);
                if (distance + j >= table.FirstInRun && distance + j + count - 1 <= table.LastInRun)
                {
                    T.Store(T.Load(x + j) + T.Load(products + table[distance + j]), x + j);
                    continue;
                }

                for (int k = j; k < j + count; k++) x[k] += products[table[distance + k]];
            }
        }
    }

    /// <summary>Tokens one after the other: the products of keys.</summary>
    public static void AddOfKeys(in AttentionHead head, in AttentionTile tile, in DisentangledMemory memory)
    {
        DistanceTable table = head.Table;
        for (int j = 0; j < tile.Columns; j += 4)
        {
            int keys = Math.Min(4, tile.Columns - j);
            float* products = memory.OfKeys + ((nint)(tile.Column + j) * memory.Stride) - memory.FirstColumn;
            for (int i = 0; i < tile.Count; i += 4)
            {
                int rows = Math.Min(4, tile.Count - i);
                int distance = head.FirstKey + tile.Column + j - (tile.Row + i);
                float* x = tile.Scores + (i * tile.Stride) + j;
                if (Sse.IsSupported && keys == 4 && rows == 4 && distance - 3 >= table.FirstInRun && distance + 3 <= table.LastInRun)
                {
                    AddDiagonals(products + table[distance] - 3, memory.Stride + 1, x, tile.Stride);
                    continue;
                }

                for (int key = 0; key < keys; key++)
                {
                    float* ofKey = products + (key * memory.Stride);
                    for (int row = 0; row < rows; row++) x[(row * tile.Stride) + key] += ofKey[table[distance + key - row]];
                }
            }
        }
    }

    /// <summary>Tokens that stand anywhere.</summary>
    public static void AddAnywhere(in AttentionHead head, in AttentionTile tile, in DisentangledMemory memory, bool ofQueries, bool ofKeys)
    {
        int* places = head.KeyPlaces + tile.Column;
        for (int i = 0; i < tile.Count; i++)
        {
            float* x = tile.Scores + (i * tile.Stride);
            float* query = memory.OfQueries + (i * memory.QueryStride);
            float* key = memory.OfKeys + ((nint)tile.Column * memory.Stride);
            long place = head.Places[tile.Row + i];
            for (int j = 0; j < tile.Columns; j++, key += memory.Stride)
            {
                int column = head.Table.ColumnOf(places[j] - place) - memory.FirstColumn;
                if (ofQueries) x[j] += query[column];
                if (ofKeys) x[j] += key[column];
            }
        }
    }

    // x[i,j] += products[j·stride + 3 − i], i and j from 0 to 3: one 4 × 4 transposition for sixteen scores.
    private static void AddDiagonals(float* products, nint stride, float* x, nint xStride)
    {
        Vector128<float> a = Vector128.Load(products);
        Vector128<float> b = Vector128.Load(products + stride);
        Vector128<float> c = Vector128.Load(products + (2 * stride));
        Vector128<float> d = Vector128.Load(products + (3 * stride));
        Vector128<float> abLow = Sse.UnpackLow(a, b);
        Vector128<float> abHigh = Sse.UnpackHigh(a, b);
        Vector128<float> cdLow = Sse.UnpackLow(c, d);
        Vector128<float> cdHigh = Sse.UnpackHigh(c, d);
        Add(Sse.MoveHighToLow(cdHigh, abHigh), x);
        Add(Sse.MoveLowToHigh(abHigh, cdHigh), x + xStride);
        Add(Sse.MoveHighToLow(cdLow, abLow), x + (2 * xStride));
        Add(Sse.MoveLowToHigh(abLow, cdLow), x + (3 * xStride));
    }

    private static void Add(Vector128<float> sum, float* x) => (Vector128.Load(x) + sum).Store(x);
}
