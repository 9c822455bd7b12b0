using BertCompiler;
using SemanticSearch.Indexing;
using SemanticSearch.Output;
using SemanticSearch.Searching;

namespace SemanticSearch;

/// <summary>Indexes, then answers the questions of the command line, or those that are typed.</summary>
internal static class SearchCommand
{
    /// <summary>The folder of the texts that come with the program.</summary>
    public static string OwnTexts { get; } = Path.Combine(AppContext.BaseDirectory, "texts");

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UserException">Something the user can put right.</exception>
    public static int Run(SearchOptions options)
    {
        if (options.Queries.Any(string.IsNullOrWhiteSpace)) throw new UserException("the question is empty", ExitCodes.Usage);
        using Embedder embedder = Embedder.Load();
        ISentenceEncoder model = embedder;
        BuildResult built = Update(model, options);
        var searcher = new Searcher(model, built.Index);
        IAnswerPrinter printer = options.Json
            ? new JsonPrinter(Console.OpenStandardOutput())
            : new TextPrinter(Console.Out, Terminal.HasColours, Terminal.Width, Shown);
        foreach (string query in options.Queries.Count > 0 ? options.Queries : Typed(built.Index)) printer.Print(query, searcher.Search(query, options.Top));
        return ExitCodes.Success;
    }

    // While indexing, Ctrl-C ends the work in order; while answering, it just ends the program.
    private static BuildResult Update(ISentenceEncoder model, SearchOptions options)
    {
        using var source = new CancellationTokenSource();
        ConsoleCancelEventHandler cancel = (_, e) =>
        {
            e.Cancel = true;
            source.Cancel();
        };
        Console.CancelKeyPress += cancel;
        try
        {
            return new IndexKeeper(model, Terminal.Say).Update(options, source.Token);
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }

    private static IEnumerable<string> Typed(SearchIndex index)
    {
        bool isPerson = !Console.IsInputRedirected;
        if (isPerson) Console.Error.WriteLine($"{index.PassageCount} passages of {index.Files.Count} files. Ask something; an empty line ends.");
        while (true)
        {
            if (isPerson) Console.Error.Write("? ");
            if (Console.ReadLine() is not { } line || string.IsNullOrWhiteSpace(line)) yield break;
            yield return line.Trim();
        }
    }

    // The texts that come with the program are named by what they are; others as the user would open them from here.
    private static string Shown(string path)
    {
        string own = Path.GetRelativePath(OwnTexts, path);
        if (!own.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(own)) return own;
        string here = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return here.StartsWith("..", StringComparison.Ordinal) ? path : here;
    }
}
