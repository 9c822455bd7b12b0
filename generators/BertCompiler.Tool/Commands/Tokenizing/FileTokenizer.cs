namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>
/// Encodes the lines of streams with several threads and writes the ids in the order of the lines. A few chunks are in memory at once, however
/// long a stream is.
/// </summary>
/// <param name="workers">The threads.</param>
internal sealed class FileTokenizer(ChunkWorkers workers)
{
    private const int ChunksForEach = 2;

    /// <summary>Encodes a stream.</summary>
    /// <param name="input">Texts, one a line, UTF-8.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="output">Takes the ids.</param>
    /// <param name="progress">Takes the bytes that are done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="CommandException">A line is too long.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public TokenCounts Run(Stream input, string name, Stream output, Action<long>? progress, CancellationToken cancellation)
    {
        var reader = new LineChunkReader(input, name);
        var waiting = new Queue<LineChunk>();
        var free = new Stack<LineChunk>();
        TokenCounts counts = default;
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                LineChunk chunk = free.Count > 0 ? free.Pop() : new();
                if (!reader.Fill(chunk, cancellation))
                {
                    chunk.Dispose();
                    break;
                }

                workers.Start(chunk);
                waiting.Enqueue(chunk);
                if (waiting.Count > workers.Count * ChunksForEach) TakeFirst();
            }

            while (waiting.Count > 0) TakeFirst();
            return counts;
        }
        finally
        {
            foreach (LineChunk chunk in waiting) chunk.WaitForEnd();
            foreach (LineChunk chunk in (IEnumerable<LineChunk>)[.. waiting, .. free]) chunk.Dispose();
        }

        void TakeFirst()
        {
            LineChunk chunk = waiting.Peek();
            chunk.Wait(cancellation);
            output.Write(chunk.Output.WrittenSpan);
            counts += chunk.Counts;
            progress?.Invoke(chunk.End);
            chunk.Reset();
            free.Push(waiting.Dequeue());
        }
    }
}
