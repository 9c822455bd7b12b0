namespace BertCompiler.Kernels;

/// <summary>
/// The panel after the one that is multiplied. Each tile of rows fetches an equal part of it: a model's weights are larger than all caches, and
/// without this the first tile of a panel waits for memory while memory waits for the others (the products of ModernBERT-base, Zen 5: 16 tokens
/// take 0.83 of the time, 48 tokens 0.96, 128 tokens 0.97).
/// </summary>
internal readonly unsafe struct NextPanel
{
    private const int LineBytes = 64;
    private const int StepBytes = PackedMatrix.PanelWidth * sizeof(float);

    private readonly float* _start;
    private readonly nint _part;

    /// <summary>Divides a panel among tiles.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="inputs">K.</param>
    /// <param name="tiles">Tiles of rows that are multiplied with the panel before.</param>
    public NextPanel(float* start, int inputs, int tiles)
    {
        // With one tile there is nothing to spread: the panel itself is on its way.
        _start = start;
        Step = tiles == 1 ? 0 : Math.Min(LineBytes, (StepBytes + tiles - 1) / tiles);
        _part = (nint)inputs * PackedMatrix.PanelWidth / tiles;
    }

    /// <summary>Bytes that a tile fetches in each of its K steps.</summary>
    public nint Step { get; }

    /// <summary>Where the part of a tile begins.</summary>
    public float* PartOf(int tile) => _start + (tile * _part);
}
