using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BertCompiler.Tool.Commands;

/// <summary>
/// Cuts a stream of texts into pieces to work on: as many texts as are there, up to a bound. So results of a slow source appear as it gives
/// texts, a quick one fills the processor, and memory holds two pieces at most. How texts are cut into pieces changes no bit of a result.
/// </summary>
internal static class TextChunks
{
    /// <summary>The most texts of a piece.</summary>
    public const int MostTexts = 64;

    // About 4,000 tokens of English: more at once gains nothing, and Ctrl+C waits for a piece.
    private const int MostCharacters = 16_000;

    // What a quick source needs to give a few more texts; nobody notices it behind a slow one.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    /// <summary>The pieces, none of them empty. What goes wrong in <paramref name="texts"/> is thrown behind the pieces before it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; also while it waits for a text.</exception>
    public static IEnumerable<string[]> Of(IEnumerable<string> texts, CancellationToken cancellation)
    {
        // Not disposed: the reading thread may still wait for a terminal when the work has ended.
        var queue = new BlockingCollection<string>(MostTexts);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? fault = null;
        CancellationToken token = stop.Token;
        new Thread(Fill) { IsBackground = true, Name = "texts" }.Start();
        var piece = new List<string>(MostTexts);
        try
        {
            while (queue.TryTake(out string? first, Timeout.Infinite, token))
            {
                piece.Add(first);
                int characters = first.Length;
                while (piece.Count < MostTexts && characters < MostCharacters && queue.TryTake(out string? next, (int)Patience.TotalMilliseconds, token))
                {
                    piece.Add(next);
                    characters += next.Length;
                }

                yield return [.. piece];
                piece.Clear();
            }

            fault?.Throw();
        }
        finally
        {
            stop.Cancel();
        }

        void Fill()
        {
            try
            {
                foreach (string text in texts) queue.Add(text, token);
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }

            queue.CompleteAdding();
        }
    }
}
