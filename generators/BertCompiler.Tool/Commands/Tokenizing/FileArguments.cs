using System.CommandLine;
using BertCompiler.Kernels;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>The options of <c>bertc tokenize</c> that go with files.</summary>
internal sealed class FileArguments
{
    private readonly Option<string?> _format = new("--format") { Description = "ids: numbers, a text a line (default); jsonl: objects; bin: 32-bit integers, of each text their number and they." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads that encode; default: all CPUs." };
    private readonly Option<bool> _bare = new("--no-special-tokens") { Description = "Leave out [CLS], [SEP] and what else the model puts round a text." };
    private readonly Option<int?> _most = new("--max-tokens") { Description = "Cut texts on the right to as many tokens, special tokens counted." };
    private readonly Option<FileInfo?> _output = new("--output", "-o") { Description = "A file, or a folder (one that is there, or a path that ends with /) for one file each; default: the standard output." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong("ids", "jsonl", "bin");
        foreach (Option option in (Option[])[_output, _format, _threads, _bare, _most]) command.Add(option);
    }

    /// <summary>Where the ids go; null: to the standard output.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(_output)?.ToString();

    /// <summary>Whether one of them was given.</summary>
    public bool Any(ParseResult parsed)
        => Array.Exists((Option[])[_output, _format, _threads, _bare, _most], option => parsed.GetResult(option) is { Implicit: false });

    /// <exception cref="CommandException">A number is less than 1.</exception>
    public TextFileOptions Read(ParseResult parsed) => new(
        parsed.GetValue(_format) switch
        {
            "jsonl" => TokenFormat.JsonLines,
            "bin" => TokenFormat.Binary,
            _ => TokenFormat.Ids,
        },
        Positive(parsed.GetValue(_threads), "--threads") ?? Crew.Shared.MaxThreads,
        !parsed.GetValue(_bare),
        Positive(parsed.GetValue(_most), "--max-tokens"));

    private static int? Positive(int? value, string option) => value is not < 1
        ? value
        : throw new CommandException($"{option} is {value}; at least 1 is needed", isUsage: true);
}
