using System.Text;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Cuts a stream into chunks of whole lines. A mark of UTF-8 at the beginning is no text.</summary>
/// <param name="stream">The stream.</param>
/// <param name="name">What it is called in messages.</param>
internal sealed class LineChunkReader(Stream stream, string name)
{
    /// <summary>Bytes of the longest line. What has more is no list of texts.</summary>
    public const int LongestLine = 256 << 20;

    private byte[] _rest = [];
    private bool _begun;
    private bool _ended;

    /// <summary>Bytes given out so far.</summary>
    public long Position { get; private set; }

    /// <summary>Fills a chunk with the next lines; false where there are none.</summary>
    /// <exception cref="CommandException">A line is too long.</exception>
    public bool Fill(LineChunk chunk)
    {
        int length = TakeRest(chunk);
        int end = 0;
        while (!_ended)
        {
            if (length == chunk.Input.Length)
            {
                end = chunk.Input.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
                if (end > 0) break;
                Grow(chunk, length);
            }

            int read = stream.Read(chunk.Input, length, chunk.Input.Length - length);
            _ended = read == 0;
            length += read;
        }

        if (_ended) end = length;
        _rest = chunk.Input.AsSpan(end, length - end).ToArray();
        chunk.End = end;
        chunk.Start = !_begun && chunk.Input.AsSpan(0, end).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        _begun = true;
        Position += end;
        return chunk.End > chunk.Start;
    }

    private int TakeRest(LineChunk chunk)
    {
        if (_rest.Length > chunk.Input.Length) chunk.Input = new byte[_rest.Length];
        _rest.CopyTo(chunk.Input, 0);
        return _rest.Length;
    }

    private void Grow(LineChunk chunk, int length)
    {
        if (length >= LongestLine) throw new CommandException($"{name}: the line that begins at byte {Position} has more than {LongestLine} bytes; one text a line is expected");
        byte[] larger = new byte[length * 2];
        chunk.Input.AsSpan(0, length).CopyTo(larger);
        chunk.Input = larger;
    }
}
