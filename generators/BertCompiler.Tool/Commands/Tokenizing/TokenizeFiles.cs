using System.Diagnostics;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary><c>bertc tokenize MODEL FILE…</c>: one text a line.</summary>
/// <param name="loaded">The tokenizer.</param>
/// <param name="options">What is written.</param>
internal sealed class TokenizeFiles(LoadedTokenizer loaded, TextFileOptions options)
{
    /// <summary>Encodes files.</summary>
    /// <param name="steps">Files and outputs.</param>
    /// <param name="progress">Takes the part of the bytes that is done, from 0 to 1.</param>
    /// <param name="cancellation">Ends it early; an output that is not complete does not appear.</param>
    /// <exception cref="CommandException">A limit has no room for the special tokens, or a line is too long.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public TokenizeSummary Run(IReadOnlyList<FileStep> steps, IProgress<double>? progress, CancellationToken cancellation)
    {
        int specials = options.AddSpecialTokens ? loaded.Tokenizer.SpecialTokenCount(pair: false) : 0;
        if (options.MaxTokens < specials) throw new CommandException($"--max-tokens is {options.MaxTokens}; there are {specials} special tokens", isUsage: true);
        long total = steps.SelectMany(s => s.Inputs).Sum(i => i == FilePlan.StandardInput ? 0 : new FileInfo(i).Length), done = 0;
        var watch = Stopwatch.StartNew();
        using var workers = new ChunkWorkers(options.Threads, () => new ChunkEncoder(loaded.Tokenizer, options));
        var files = new FileTokenizer(workers);
        TokenCounts counts = default;
        foreach (FileStep step in steps)
        {
            if (Path.GetDirectoryName(step.Output) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            using var output = new OutputFile(step.Output);
            foreach (string input in step.Inputs)
            {
                using Stream stream = input == FilePlan.StandardInput ? Console.OpenStandardInput() : new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                counts += files.Run(stream, TextBytes.NameOf(input), output.Stream, Report, cancellation);
            }

            output.Commit();
        }

        return new(counts, watch.Elapsed);

        void Report(long bytes) => progress?.Report(Math.Min(1, (done += bytes) / Math.Max((double)total, 1)));
    }
}
