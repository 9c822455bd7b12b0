using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Commands;

/// <summary>
/// <c>bertc tokenize</c>: JSON lines in, one JSON object a line out, in the same order. Blank lines are passed over.
/// </summary>
/// <remarks>
/// Exit codes: 0 every line was understood (an <c>error</c> that the reference gives too, because a text cannot be cut as asked, is an
/// answer); 1 at least one line was not understood: its answer holds <c>error</c> and the others are answered; or the folder has no
/// tokenizer that can be used: then nothing is answered.
/// </remarks>
internal static class TokenizeCommand
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<FileInfo?> jsonl = new("--jsonl") { Description = "JSON lines with text or words, pair or pair_words, options; default: standard input." };
        var command = new Command("tokenize", "Turns texts into token ids: JSON lines in, one JSON object a line out.") { model, jsonl };
        command.SetAction(parsed =>
        {
            using Stream input = parsed.GetValue(jsonl) is { } file ? File.OpenRead(file.ToString()) : Console.OpenStandardInput();
            using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            return Run(parsed.GetRequiredValue(model).ToString(), input, output, Console.Error);
        });
        return command;
    }

    /// <summary>Runs the command.</summary>
    /// <param name="folder">The folder with the tokenizer's files.</param>
    /// <param name="input">JSON lines, UTF-8.</param>
    /// <param name="output">Takes the answers, UTF-8.</param>
    /// <param name="errors">Takes problems of the tokenizer's files.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, Stream input, Stream output, TextWriter errors)
    {
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        foreach (Problem problem in reading.Problems) errors.WriteLine(problem);
        if (reading.Tokenizer is null)
        {
            if (reading.Problems.Count == 0) errors.WriteLine($"{folder}: there is no tokenizer (tokenizer.json or vocab.txt)");
            return ExitCodes.Failed;
        }

        using var loaded = new LoadedTokenizer(reading.Tokenizer);
        return Run(loaded, input, output);
    }

    /// <summary>Answers the lines with a loaded tokenizer.</summary>
    public static int Run(LoadedTokenizer loaded, Stream input, Stream output)
    {
        int exitCode = ExitCodes.Success;
        using var json = new Utf8JsonWriter(output, Relaxed);
        foreach (byte[] line in ByteLines.Read(input))
        {
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
