using System.Buffers;
using System.Text;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The texts of all ids in UTF-8, one behind the other, and behind them what decoding writes for added tokens.</summary>
internal sealed class PackedTexts
{
    private const uint MissingText = 0x80000000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <exception cref="InvalidDataException">A text holds half of a surrogate pair, or all of them are too long.</exception>
    public PackedTexts(TokenizerDescription tokenizer)
    {
        var texts = new string?[tokenizer.IdCount];
        foreach ((string text, int id) in tokenizer.Pieces) texts[id] = text;
        foreach (AddedToken token in tokenizer.AddedTokens) texts[token.Id] = token.Text;
        Offsets = new uint[texts.Length + 1];
        for (int id = 0; id < texts.Length; id++)
        {
            Offsets[id] = texts[id] is null ? (uint)_bytes.WrittenCount | MissingText : (uint)_bytes.WrittenCount;
            Add(texts[id] ?? "");
        }

        Offsets[^1] = (uint)_bytes.WrittenCount;
    }

    /// <summary>Where the text of each id begins, and the end of the last; the top bit marks an id without token.</summary>
    public uint[] Offsets { get; }

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Whether a string has no lone half of a surrogate pair, so that UTF-8 can say it.</summary>
    public static bool IsText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    /// <summary>The bytes of a text.</summary>
    /// <exception cref="InvalidDataException">It holds half of a surrogate pair.</exception>
    public static byte[] ToUtf8(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new InvalidDataException($"the token '{text}' holds half of a surrogate pair, which is no text");
        }
    }

    /// <summary>Where the text of an id begins.</summary>
    public uint StartOf(int id) => Offsets[id] & ~MissingText;

    /// <summary>Text of an id.</summary>
    public ReadOnlySpan<byte> TextOf(int id) => Bytes[(int)StartOf(id)..(int)StartOf(id + 1)];

    /// <summary>Adds a text behind the others; returns where it lies.</summary>
    public (int Start, int Length) Add(string text)
    {
        int start = (int)_bytes.WrittenCount;
        byte[] bytes = ToUtf8(text);
        if (bytes.Length > int.MaxValue - start) throw new InvalidDataException("the texts of its tokens take more than 2 GiB");
        _bytes.Write(bytes);
        return (start, bytes.Length);
    }
}
