namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Cuts a stream into chunks of whole lines, which are UTF-8. A byte order mark at the beginning is no text.</summary>
/// <param name="stream">The stream.</param>
/// <param name="name">What it is called in messages.</param>
internal sealed class LineChunkReader(Stream stream, string name)
{
    /// <summary>Bytes of the longest line. What has more is no list of texts.</summary>
    public const int LongestLine = 256 << 20;

    private byte[] _rest = [];
    private bool _begun;
    private bool _ended;
    private long _lines;

    /// <summary>Bytes given out so far.</summary>
    public long Position { get; private set; }

    /// <summary>Fills a chunk with the next lines; false where there are none.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="cancellation">Ends the waiting for a stream that gives nothing.</param>
    /// <exception cref="CommandException">A line is too long, or not UTF-8.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public bool Fill(LineChunk chunk, CancellationToken cancellation)
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

            int read = Read(chunk.Input, length, cancellation);
            _ended = read == 0;
            length += read;
        }

        if (_ended) end = length;
        _rest = chunk.Input.AsSpan(end, length - end).ToArray();
        chunk.End = end;
        chunk.Start = _begun ? 0 : TextBytes.MarkLength(chunk.Input.AsSpan(0, end), name);
        _begun = true;
        TextBytes.RequireUtf8(chunk.Lines, name, _lines + 1);
        _lines += chunk.Lines.Count((byte)'\n');
        Position += end;
        return chunk.End > chunk.Start;
    }

    private int Read(byte[] buffer, int from, CancellationToken cancellation)
    {
        if (stream.CanSeek) return stream.Read(buffer, from, buffer.Length - from);

        // A terminal or a pipe may give nothing for ever, and its read cannot be broken off.
        Task<int> reading = Task.Run(() => stream.Read(buffer, from, buffer.Length - from), CancellationToken.None);
        Task.WhenAny(reading).Wait(cancellation);
        return reading.GetAwaiter().GetResult();
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
