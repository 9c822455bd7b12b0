using System.Buffers.Binary;
using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// SentencePiece's precompiled normalisation as Hugging Face tokenizers run it (normalizers/precompiled.rs, spm_precompiled): a grapheme
/// cluster of fewer than 6 bytes of UTF-8 is replaced by the result of the shortest key that begins it; of other clusters each code point
/// is replaced by its own.
/// </summary>
/// <remarks>
/// The blob: u32 bytes of the trie; the trie, a double array of u32 (darts-clone); texts that end with NUL, to which its values point.
/// </remarks>
internal sealed class PrecompiledNormalizer : INormalizer
{
    private const int AsciiCount = 128;
    private const int FirstMark = 0x300;
    private const int MostClusterBytes = 5;

    private readonly TokenizerSectionView _section;
    private readonly StepRecord _step;
    private readonly int _trieLength;
    private readonly bool[] _stays = new bool[AsciiCount];

    public PrecompiledNormalizer(TokenizerSectionView section, StepRecord step)
    {
        (_section, _step) = (section, step);
        ReadOnlySpan<byte> blob = section.StepData(step);
        uint bytes = blob.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(blob);
        if (bytes < sizeof(uint) || bytes % sizeof(uint) != 0 || bytes > blob.Length - sizeof(uint)) TokenizerSectionView.Fail("its character map is cut off");
        _trieLength = (int)bytes / sizeof(uint);
        for (int c = 0; c < AsciiCount; c++) _stays[c] = c != '\r' && !TryFind([(byte)c], out _);
    }

    private ReadOnlySpan<byte> Trie => _section.StepData(_step).Slice(sizeof(uint), _trieLength * sizeof(uint));

    private ReadOnlySpan<byte> Results => _section.StepData(_step)[(sizeof(uint) + _trieLength * sizeof(uint))..];

    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        ChangeWriter changes = scratch.Changes;
        changes.Begin(input, output);
        ReadOnlySpan<char> text = input.Characters;
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (c < AsciiCount && _stays[c] && (i + 1 == text.Length || text[i + 1] < FirstMark))
            {
                changes.Write(c, 0);
                i++;
                continue;
            }

            int end = GraphemeClusters.EndOf(text, i);
            Replace(text[i..end], changes);
            i = end;
        }

        changes.End();
    }

    private void Replace(ReadOnlySpan<char> cluster, ChangeWriter changes)
    {
        Span<byte> bytes = stackalloc byte[MostClusterBytes + Utf8Bytes.Most];
        int length = 0;
        int codePoints = 0;
        for (int i = 0; i < cluster.Length && length <= MostClusterBytes; codePoints++)
        {
            int codePoint = UnicodeTables.CodePointAt(cluster, i);
            length += Utf8Bytes.Write(codePoint, bytes[length..]);
            i += UnicodeTables.UnitsOf(codePoint);
        }

        if (length <= MostClusterBytes && TryFind(bytes[..length], out int result))
        {
            Write(result, codePoints, changes);
            return;
        }

        for (int i = 0; i < cluster.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(cluster, i);
            length = Utf8Bytes.Write(codePoint, bytes);
            if (TryFind(bytes[..length], out result)) Write(result, 1, changes);
            else changes.Write(codePoint, 0);
            i += UnicodeTables.UnitsOf(codePoint);
        }
    }

    /// <summary>Writes a result in place of <paramref name="old"/> code points.</summary>
    private void Write(int result, int old, ChangeWriter changes)
    {
        ReadOnlySpan<byte> text = Results;
        if ((uint)result > (uint)text.Length) TokenizerSectionView.Fail("a result of its character map lies outside");
        text = text[result..];
        int end = text.IndexOf((byte)0);
        if (end >= 0) text = text[..end];
        int count = 0;
        foreach (byte b in text) count += (b & 0xC0) != 0x80 ? 1 : 0;
        int written = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int used) != System.Buffers.OperationStatus.Done) TokenizerSectionView.Fail("its character map holds what is not UTF-8");
            written++;
            changes.Write(rune.Value, count - written < count - old ? 1 : 0);
            text = text[used..];
        }

        if (count < old) changes.AddToLast(count - old);
    }

    /// <summary>Finds the shortest key that begins <paramref name="key"/>.</summary>
    private bool TryFind(ReadOnlySpan<byte> key, out int result)
    {
        ReadOnlySpan<byte> trie = Trie;
        uint node = OffsetOf(Unit(trie, 0));
        result = 0;
        foreach (byte b in key)
        {
            if (b == 0) return false;
            node ^= b;
            uint unit = Unit(trie, node);
            if ((unit & 0x800000FF) != b) return false;
            node ^= OffsetOf(unit);
            if ((unit & 0x100) == 0) continue;
            result = (int)(Unit(trie, node) & 0x7FFFFFFF);
            return true;
        }

        return false;
    }

    private static uint OffsetOf(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);

    private static uint Unit(ReadOnlySpan<byte> trie, uint index)
    {
        if (index >= (uint)trie.Length / sizeof(uint)) TokenizerSectionView.Fail("its character map points outside");
        return BinaryPrimitives.ReadUInt32LittleEndian(trie[((int)index * sizeof(uint))..]);
    }
}
