using System.CommandLine;
using BertCompiler.Kernels;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>The options of <c>bertc tokenize</c> that go with files.</summary>
internal sealed class FileArguments
{
    private readonly Option<string?> _format = new("--format") { Description = "ids: numbers, a text a line (default); jsonl: objects; bin: 32-bit integers, of each text their number and they." };
    private readonly Option<int?> _threads = new Option<int?>("--threads") { Description = "Threads that encode; default: all CPUs." }.AtLeast(1);
    private readonly Option<bool> _bare = new("--no-special-tokens") { Description = "Leave out [CLS], [SEP] and what else the model puts round a text." };
    private readonly Option<int?> _most = new Option<int?>("--max-tokens") { Description = "Cut texts on the right to as many tokens, special tokens counted." }.AtLeast(1);
    private readonly Option<FileInfo?> _output = new("--output", "-o") { Description = "A file, or a folder (one that is there, or a path that ends with /) for one file each; default: the standard output." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong("ids", "jsonl", "bin");
        foreach (Option option in (Option[])[_output, _format, _threads, _bare, _most]) command.Add(option);
    }

    /// <summary>Where the ids go; null: to the standard output.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(_output)?.ToString();

    /// <summary>The first that was given of those that say how texts become ids, which JSON lines say themselves; null: none.</summary>
    public string? FirstOfTexts(ParseResult parsed)
        => Array.Find((Option[])[_format, _threads, _bare, _most], option => parsed.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>What was given.</summary>
    public TextFileOptions Read(ParseResult parsed) => new(
        parsed.GetValue(_format) switch
        {
            "jsonl" => TokenFormat.JsonLines,
            "bin" => TokenFormat.Binary,
            _ => TokenFormat.Ids,
        },
        parsed.GetValue(_threads) ?? Crew.Shared.MaxThreads,
        !parsed.GetValue(_bare),
        parsed.GetValue(_most));
}
