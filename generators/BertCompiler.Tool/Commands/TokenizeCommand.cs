using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Commands.Tokenizing;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Commands;

/// <summary>
/// <c>bertc tokenize</c>: files of one text a line, of which the ids are written; or JSON lines in, one JSON object a line out, in the same
/// order, where blank lines are passed over.
/// </summary>
/// <remarks>
/// Exit codes with JSON lines: 0 every line was understood (an <c>error</c> that the reference gives too, because a text cannot be cut as asked, is an
/// answer); 1 at least one line was not understood: its answer holds <c>error</c> and the others are answered; or the folder has no
/// tokenizer that can be used: then nothing is answered.
/// </remarks>
internal static class TokenizeCommand
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Argument<string[]> files = new("FILE") { Description = "Texts, one a line, UTF-8; - is the standard input. Without files: JSON lines.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> jsonl = new("--jsonl") { Description = "A file of JSON lines with text or words, pair or pair_words, options; '-': standard input, which is the default without FILE." };
        var arguments = new FileArguments();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("tokenize", "Turns texts into token ids: files of one text a line, or JSON lines in, one JSON object a line out.") { model, files, jsonl };
        arguments.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            string folder = parsed.GetRequiredValue(model).ToString();
            string[] inputs = parsed.GetValue(files) ?? [];
            string? ofTexts = arguments.FirstOfTexts(parsed) ?? (parsed.GetValue(json) ? json.Name : null);
            if (inputs.Length > 0 && parsed.GetValue(jsonl) is not null) throw new CommandException("--jsonl and files do not go together", isUsage: true);
            if (inputs.Length == 0 && ofTexts is not null) throw new CommandException($"{ofTexts} goes with files of texts, and without FILE there are JSON lines, which say themselves what they want; name a file, or - for texts on the standard input", isUsage: true);
            if (inputs.Length > 0) return Task.FromResult(RunFiles(folder, inputs, arguments.Output(parsed), arguments.Read(parsed), parsed.GetValue(json), cancellation));
            return Task.FromResult(RunJsonLines(folder, parsed.GetValue(jsonl) ?? FilePlan.StandardInput, arguments.Output(parsed), cancellation));
        });
        return command;
    }

    private static int RunJsonLines(string folder, string input, string? output, CancellationToken cancellation)
    {
        FileStep step = FilePlan.Make([input], output, ".ids.jsonl")[0];
        using LoadedTokenizer? loaded = Load(folder, Console.Error);
        if (loaded is null) return ExitCodes.Failed;
        if (Path.GetDirectoryName(step.Output) is { Length: > 0 } parent) Directory.CreateDirectory(parent);
        using var file = new OutputFile(step.Output);
        using var buffer = new BufferedStream(file.Stream, 1 << 16);
        using Stream stream = input == FilePlan.StandardInput ? new StreamedInput(Console.OpenStandardInput(), buffer, cancellation) : File.OpenRead(input);
        int exitCode = Run(loaded, stream, buffer, TextBytes.NameOf(input), cancellation);
        buffer.Flush();
        file.Commit();
        return exitCode;
    }

    private static int RunFiles(string folder, string[] inputs, string? output, TextFileOptions options, bool json, CancellationToken cancellation)
    {
        if (json && output is null) throw new CommandException("with --json, the ids need an --output", isUsage: true);
        IReadOnlyList<FileStep> steps = FilePlan.Make(inputs, output, options.Extension);
        using LoadedTokenizer? loaded = Load(folder, Console.Error);
        if (loaded is null) return ExitCodes.Failed;
        var work = new TokenizeFiles(loaded, options);
        bool shows = output is not null || Console.IsOutputRedirected;
        TokenizeSummary summary = shows
            ? TerminalProgress.Run("tokenizing", progress => work.Run(steps, progress, cancellation))
            : work.Run(steps, null, cancellation);
        if (!json)
        {
            Console.Error.WriteLine(summary);
            return ExitCodes.Success;
        }

        JsonOutput.Write(writer =>
        {
            writer.WriteStartArray("outputs");
            foreach (FileStep step in steps) writer.WriteStringValue(step.Output);
            writer.WriteEndArray();
            writer.WriteNumber("lines", summary.Counts.Lines);
            writer.WriteNumber("tokens", summary.Counts.Tokens);
            writer.WriteNumber("cut", summary.Counts.Cut);
            writer.WriteNumber("seconds", Math.Round(summary.Time.TotalSeconds, 6));
            writer.WriteNumber("tokens_per_second", Math.Round(summary.TokensPerSecond));
        });
        return ExitCodes.Success;
    }

    /// <summary>The tokenizer of a folder; null, with the reason on <paramref name="errors"/>, where it has none that can be used.</summary>
    private static LoadedTokenizer? Load(string folder, TextWriter errors)
    {
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        foreach (Problem problem in reading.Problems) errors.WriteLine(problem);
        if (reading.Tokenizer is not null) return new LoadedTokenizer(reading.Tokenizer);
        if (!Directory.Exists(folder)) errors.WriteLine($"{folder}: there is no such folder");
        else if (reading.Problems.Count == 0) errors.WriteLine($"{folder}: there is no tokenizer (tokenizer.json, vocab.txt, vocab.json with merges.txt, or a SentencePiece model)");
        return null;
    }

    /// <summary>Runs the command.</summary>
    /// <param name="folder">The folder with the tokenizer's files.</param>
    /// <param name="input">JSON lines, UTF-8.</param>
    /// <param name="output">Takes the answers, UTF-8.</param>
    /// <param name="errors">Takes problems of the tokenizer's files.</param>
    /// <param name="name">What the input is called in messages.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, Stream input, Stream output, TextWriter errors, string name = TextBytes.StandardInput)
    {
        using LoadedTokenizer? loaded = Load(folder, errors);
        if (loaded is null) return ExitCodes.Failed;
        return Run(loaded, input, output, name);
    }

    /// <summary>Answers the lines with a loaded tokenizer.</summary>
    public static int Run(LoadedTokenizer loaded, Stream input, Stream output, string name = TextBytes.StandardInput, CancellationToken cancellation = default)
    {
        int exitCode = ExitCodes.Success;
        using var json = new Utf8JsonWriter(output, Relaxed);
        foreach (byte[] line in ByteLines.Read(input, name))
        {
            cancellation.ThrowIfCancellationRequested();
            if (line.AsSpan().Trim(" \t"u8).IsEmpty) continue;
            if (!Answer(loaded, line, json)) exitCode = ExitCodes.Failed;
            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
        }

        return exitCode;
    }

    private static bool Answer(LoadedTokenizer loaded, byte[] line, Utf8JsonWriter json)
    {
        try
        {
            JsonItem root = JsonTree.Parse(line, "line", ProblemKinds.TokenizerMalformed).Root;
            root.Expect(JsonKind.Object, "a line");
            TokenizeRunner.Run(loaded, root).Write(json);
            return true;
        }
        catch (TruncationException e)
        {
            WriteError(json, e.Message);
            return true;
        }
        catch (TokenizerFault e)
        {
            WriteError(json, e.Message);
            return false;
        }
    }

    private static void WriteError(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    }
}
