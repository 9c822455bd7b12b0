namespace BertCompiler.Tool.Commands;

/// <summary>The lines of a stream as bytes, without their line ends and without a byte order mark.</summary>
internal static class ByteLines
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads the lines as they are asked for. Whether they are UTF-8 is for the caller to see (<see cref="TextBytes.RequireUtf8"/>).</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="CommandException">It is UTF-16 or UTF-32.</exception>
    public static IEnumerable<byte[]> Read(Stream stream, string name)
    {
        int mark = -1;
        foreach (byte[] line in Split(stream))
        {
            bool isFirst = mark < 0;
            if (isFirst) mark = TextBytes.MarkLength(line, name);
            yield return isFirst && mark > 0 ? line[mark..] : line;
        }
    }

    private static IEnumerable<byte[]> Split(Stream stream)
    {
        var chunk = new byte[ChunkLength];
        var line = new MemoryStream();
        int count;
        while ((count = stream.Read(chunk)) > 0)
        {
            for (int start = 0; start < count;)
            {
                int end = Array.IndexOf(chunk, (byte)'\n', start, count - start);
                int stop = end < 0 ? count : end;
                line.Write(chunk, start, stop - start);
                start = stop + 1;
                if (end < 0) break;
                yield return TakeLine(line);
            }
        }

        if (line.Length > 0) yield return TakeLine(line);
    }

    private static byte[] TakeLine(MemoryStream line)
    {
        ReadOnlySpan<byte> bytes = line.GetBuffer().AsSpan(0, (int)line.Length);
        byte[] result = (bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes).ToArray();
        line.SetLength(0);
        return result;
    }
}
