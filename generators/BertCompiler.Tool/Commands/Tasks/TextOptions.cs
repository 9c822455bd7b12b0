using System.CommandLine;
using BertCompiler.Tool.Commands.Embedding;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary>Where a command takes its texts from: <c>--text</c>, <c>--lines</c> or <c>--jsonl</c>.</summary>
internal sealed class TextOptions
{
    private readonly Option<string[]> _text = new("--text") { Description = "A text; may be given several times.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _lines = new("--lines") { Description = "A file with one text a line; '-': standard input, which is the default." };
    private readonly Option<string?> _jsonl = new("--jsonl") { Description = "A file of JSON lines with a field 'text', which may hold line breaks; '-': standard input." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_text);
        command.Add(_lines);
        command.Add(_jsonl);
    }

    /// <summary>The texts, read as they are needed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="one">A text that was given as an argument.</param>
    /// <exception cref="CommandException">Several sources, or a file that is not there.</exception>
    public IEnumerable<string> Read(ParseResult parsed, string? one = null)
    {
        string[] texts = parsed.GetValue(_text) ?? [];
        string? lines = parsed.GetValue(_lines);
        string? jsonl = parsed.GetValue(_jsonl);
        if (one is not null && (texts.Length > 0 || (lines ?? jsonl) is not null)) throw new CommandException("TEXT, --text, --lines and --jsonl exclude one another", isUsage: true);
        if (new[] { texts.Length > 0, lines is not null, jsonl is not null }.Count(given => given) > 1)
        {
            throw new CommandException("--text, --lines and --jsonl exclude one another", isUsage: true);
        }

        if (one is not null) return [one];
        if (texts.Length > 0) return texts;
        RequireFile(jsonl ?? lines);
        if (jsonl is null && lines is null && !Console.IsInputRedirected) Console.Error.WriteLine("type texts, one a line; Ctrl+D ends");
        return jsonl is not null ? TextSource.JsonLines(jsonl) : TextSource.Lines(lines ?? "-");
    }

    /// <summary>Refuses a file that cannot be read, before a model is compiled for it.</summary>
    /// <exception cref="CommandException">It is not there, or a folder.</exception>
    public static void RequireFile(string? file)
    {
        if (file is null or "-" || File.Exists(file)) return;
        throw new CommandException(Directory.Exists(file) ? $"{file} is a folder; a file is wanted" : $"{file}: there is no such file");
    }

    /// <summary>One whole text: given as <c>--NAME</c>, or in the file <c>--NAME-file</c>.</summary>
    public static string One(string name, string? text, string? file)
    {
        if (text is not null && file is not null) throw new CommandException($"--{name} and --{name}-file exclude one another", isUsage: true);
        if (text is not null) return text;
        if (file is null) throw new CommandException($"--{name} TEXT or --{name}-file FILE is needed", isUsage: true);
        RequireFile(file);
        return TextSource.Whole(file);
    }
}
