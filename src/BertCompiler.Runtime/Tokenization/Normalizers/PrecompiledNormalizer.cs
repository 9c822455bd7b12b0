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
    /// <summary>The first byte of U+0300, before which nothing joins the character before it.</summary>
    private const byte FirstMarkLead = 0xCC;
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
        for (int from = 0; from < _bytes.Length;)
        {
            int next = _bytes[from..].IndexOfAnyExcept(_map.Staying);
            if (next < 0) break;
            int at = from + next;
            int start = next > 0 && _bytes[at] >= FirstMarkLead && GraphemeClusters.EndOf(_bytes, at - 1) > at ? at - 1 : at;
            from = GraphemeClusters.EndOf(_bytes, start);
            Replace(start, from);
        }

        if (_changes is null) return;
        _changes.Keep(_done, _bytes.Length);
        _changes.End();
        _text.TakeNext();
    }

    private void Replace(int start, int end)
    {
        if (end - start <= MostClusterBytes && CharacterMap.TryFind(_trie, _bytes[start..end], out int result))
        {
            Write(start, end, result);
            return;
        }

        while (start < end)
        {
            Utf8Text.CodePointAt(_bytes, start, out int length);
            if (CharacterMap.TryFind(_trie, _bytes.Slice(start, length), out result)) Write(start, start + length, result);
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
