using System.Buffers;
using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// SentencePiece's precompiled normalisation as Hugging Face tokenizers run it (normalizers/precompiled.rs, spm_precompiled): a grapheme
/// cluster of fewer than 6 bytes of UTF-8 is replaced by the result of the shortest key that begins it; of other clusters each code point
/// is replaced by its own.
/// </summary>
internal ref struct PrecompiledNormalizer
{
    private const byte FirstOfTwo = 0xC0;
    private const byte FirstOfThree = 0xE0;
    private const int MostClusterBytes = 5;

    private readonly NormalizedText _text;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly CharacterMap _map;
    private readonly ReadOnlySpan<byte> _trie;
    private ChangeWriter? _changes;
    private int _done;

    private PrecompiledNormalizer(NormalizedText text, CharacterMap map)
    {
        (_text, _map) = (text, map);
        _bytes = text.Bytes;
        _trie = map.Trie;
    }

    public static void Apply(NormalizedText text, CharacterMap map) => new PrecompiledNormalizer(text, map).Run();

    private void Run()
    {
        SearchValues<byte> staying = _map.Staying;
        for (int from = 0; from < _bytes.Length;)
        {
            from = SkipPairs(from);
            int next = _bytes[from..].IndexOfAnyExcept(staying);
            if (next < 0) break;
            from = TakeCluster(from + next, next > 0);
        }

        if (_changes is null) return;
        _changes.Keep(_done, _bytes.Length);
        _changes.End();
        _text.TakeNext();
    }

    /// <summary>The first byte from <paramref name="from"/> on that begins no code point of two bytes that stays as it is and alone.</summary>
    private int SkipPairs(int from)
    {
        while (from + 1 < _bytes.Length && _bytes[from] is >= FirstOfTwo and < FirstOfThree)
        {
            int next = from + 2;
            bool alone = !GraphemeClusters.IsJoiningLead(_bytes[from]) && (next == _bytes.Length || !GraphemeClusters.IsJoiningLead(_bytes[next]));
            if (!alone || !_map.PairStays(_bytes[from], _bytes[from + 1])) break;
            from = next;
        }

        return from;
    }

    /// <summary>Looks at what stands at <paramref name="at"/>; returns where to go on.</summary>
    /// <param name="at">The first byte of a code point.</param>
    /// <param name="mayJoin">Whether the one before it stays alone, and the two may be one cluster.</param>
    private int TakeCluster(int at, bool mayJoin)
    {
        byte first = _bytes[at];
        int start = at;
        if (!GraphemeClusters.IsJoiningLead(first))
        {
            Utf8Text.CodePointAt(_bytes, at, out int length);
            int next = at + length;
            if (first != '\r' && (next == _bytes.Length || !GraphemeClusters.IsJoiningLead(_bytes[next])))
            {
                ReplaceEach(at, next);
                return next;
            }
        }
        else if (mayJoin)
        {
            Utf8Text.CodePointBefore(_bytes, at, out int length);
            if (GraphemeClusters.EndOf(_bytes, at - length) > at) start = at - length;
        }

        int end = GraphemeClusters.EndOf(_bytes, start);
        if (end - start <= MostClusterBytes && CharacterMap.TryFind(_trie, _bytes[start..end], out int result)) Write(start, end, result);
        else ReplaceEach(start, end);
        return end;
    }

    /// <summary>Replaces each code point by its own result.</summary>
    private void ReplaceEach(int start, int end)
    {
        while (start < end)
        {
            Utf8Text.CodePointAt(_bytes, start, out int length);
            if (CharacterMap.TryFind(_trie, _bytes.Slice(start, length), out int result)) Write(start, start + length, result);
            start += length;
        }
    }

    /// <summary>Writes a result in place of the bytes start … end−1.</summary>
    private void Write(int start, int end, int result)
    {
        ReadOnlySpan<byte> text = _map.TextAt(result);
        if (_changes is null)
        {
            _changes = _text.Scratch.Changes;
            _changes.Begin(_text, _text.Next());
        }

        _changes.Keep(_done, start);
        _done = end;
        int old = Utf8Text.CountOf(_bytes[start..end]);
        int count = Utf8Text.CountOf(text);
        for (int written = 1; !text.IsEmpty; written++)
        {
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int used) != OperationStatus.Done) TokenizerTables.Fail("its character map holds what is not UTF-8");
            _changes.Write(rune.Value, count - written < count - old ? 1 : 0);
            text = text[used..];
        }

        if (count < old) _changes.AddToLast(count - old);
    }
}
