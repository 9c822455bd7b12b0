namespace BertCompiler.Tokenization;

/// <summary>
/// The hash of the vocabulary's table: FNV-1a over UTF-16 units, mixed at the end. The hash of a longer text goes on from the state of a
/// shorter one, so one walk over a word gives the hashes of all its beginnings.
/// </summary>
internal static class VocabularyHash
{
    private const uint Prime = 16777619;
    private const uint ContinuationMark = 0x9E3779B9;

    /// <summary>State before the first unit; pieces that continue a word have one of their own.</summary>
    public static uint Start(uint seed, bool continuation) => continuation ? seed ^ ContinuationMark : seed;

    public static uint Step(uint state, char unit) => (state ^ unit) * Prime;

    public static uint Finish(uint state)
    {
        state ^= state >> 15;
        state *= 0x2C1B3C6D;
        state ^= state >> 12;
        return state;
    }
}
