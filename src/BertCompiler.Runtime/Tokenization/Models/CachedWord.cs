using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>A word that was cut lately, and its pieces: 64 bytes.</summary>
internal struct CachedWord
{
    /// <summary>The most bytes of a word that is kept.</summary>
    public const int LongestWord = 32;

    /// <summary>The most pieces of a word that is kept.</summary>
    public const int MostPieces = 5;

    private Letters _letters;
    private Pieces _ids;
    private int _model;
    private int _length;

    /// <summary>How many pieces.</summary>
    private int _count;

    /// <summary>The pieces, if this is the word as that model cuts it; else none.</summary>
    public readonly ReadOnlySpan<int> Find(int model, ReadOnlySpan<byte> word)
    {
        if (_model != model || _length != word.Length) return [];
        return MemoryMarshal.CreateReadOnlySpan(in _letters[0], LongestWord)[..word.Length].SequenceEqual(word)
            ? MemoryMarshal.CreateReadOnlySpan(in _ids[0], MostPieces)[.._count]
            : [];
    }

    /// <summary>Takes the place of what was here.</summary>
    public void Set(int model, ReadOnlySpan<byte> word, ReadOnlySpan<int> pieces)
    {
        word.CopyTo(MemoryMarshal.CreateSpan(ref _letters[0], LongestWord));
        pieces.CopyTo(MemoryMarshal.CreateSpan(ref _ids[0], MostPieces));
        (_model, _length, _count) = (model, word.Length, pieces.Length);
    }

    [InlineArray(LongestWord)]
    private struct Letters
    {
        private byte _first;
    }

    [InlineArray(MostPieces)]
    private struct Pieces
    {
        private int _first;
    }
}
