using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Encodes the lines of chunks and writes their ids; one for each thread.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="options">What is written.</param>
internal sealed class ChunkEncoder(Tokenizer tokenizer, TextFileOptions options)
{
    /// <summary>An id has at most ten digits, and one character stands behind it.</summary>
    private const int LongestNumber = 11;

    private int[] _ids = new int[options.MaxTokens ?? 4096];

    /// <summary>Encodes a chunk; a carriage return before a line end belongs to the line end.</summary>
    public void Run(LineChunk chunk)
    {
        ReadOnlySpan<byte> text = chunk.Lines;
        TokenCounts counts = default;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            ReadOnlySpan<int> ids = Encode(line, out bool truncated);
            Write(ids, truncated, chunk.Output);
            counts += new TokenCounts(1, ids.Length, truncated ? 1 : 0);
        }

        chunk.Counts = counts;
    }

    private ReadOnlySpan<int> Encode(ReadOnlySpan<byte> line, out bool truncated)
    {
        while (true)
        {
            int count = tokenizer.EncodeToIds(line, _ids, out truncated, options.AddSpecialTokens);
            if (!truncated || options.MaxTokens is not null) return _ids.AsSpan(0, count);
            _ids = new int[checked(_ids.Length * 4)];
        }
    }

    private void Write(ReadOnlySpan<int> ids, bool truncated, ArrayBufferWriter<byte> output)
    {
        switch (options.Format)
        {
            case TokenFormat.Ids:
                WriteNumbers(ids, (byte)' ', output);
                output.Write("\n"u8);
                break;
            case TokenFormat.JsonLines:
                output.Write("{\"ids\":["u8);
                WriteNumbers(ids, (byte)',', output);
                output.Write(truncated ? "],\"truncated\":true}\n"u8 : "]}\n"u8);
                break;
            default:
                WriteBinary(ids, output);
                break;
        }
    }

    private static void WriteNumbers(ReadOnlySpan<int> ids, byte separator, ArrayBufferWriter<byte> output)
    {
        if (ids.IsEmpty) return;
        Span<byte> room = output.GetSpan(checked(ids.Length * LongestNumber));
        int at = 0;
        foreach (int id in ids)
        {
            Utf8Formatter.TryFormat(id, room[at..], out int written);
            at += written;
            room[at++] = separator;
        }

        output.Advance(at - 1);
    }

    private static void WriteBinary(ReadOnlySpan<int> ids, ArrayBufferWriter<byte> output)
    {
        int bytes = checked((ids.Length + 1) * sizeof(int));
        Span<byte> room = output.GetSpan(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(room, ids.Length);
        for (int i = 0; i < ids.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(room[((i + 1) * sizeof(int))..], ids[i]);
        output.Advance(bytes);
    }
}
