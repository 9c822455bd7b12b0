using System.Collections.Concurrent;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Threads that encode chunks.</summary>
internal sealed class ChunkWorkers : IDisposable
{
    private readonly BlockingCollection<LineChunk> _work = [];
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="encoder">Makes the encoder of a thread.</param>
    public ChunkWorkers(int threads, Func<ChunkEncoder> encoder)
    {
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(() => Run(encoder())) { IsBackground = true };
            _threads[i].Start();
        }
    }

    public int Count => _threads.Length;

    /// <summary>Takes a chunk; <see cref="LineChunk.Wait"/> waits for it.</summary>
    public void Start(LineChunk chunk) => _work.Add(chunk);

    public void Dispose()
    {
        _work.CompleteAdding();
        foreach (Thread thread in _threads) thread.Join();
        _work.Dispose();
    }

    private void Run(ChunkEncoder encoder)
    {
        foreach (LineChunk chunk in _work.GetConsumingEnumerable())
        {
            Exception? fault = null;
            try
            {
                encoder.Run(chunk);
            }
            catch (Exception e)
            {
                fault = e;
            }

            chunk.Finish(fault);
        }
    }
}
