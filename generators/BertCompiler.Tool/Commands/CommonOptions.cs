using System.CommandLine;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<DirectoryInfo> Model() => new("MODEL") { Description = "A model folder: config.json, weights, tokenizer files; or one file of weights in it, where there are several." };

    /// <summary>Adds <c>--head</c> to a command that opens a model.</summary>
    public static Option<string?> AddHead(Command command)
    {
        var head = new Option<string?>("--head")
        {
            Description = "What is loaded: a class of the model's family, as transformers calls it (BertForMaskedLM), or 'embedding' for a sentence embedder. Without it: what the folder says.",
        };
        command.Add(head);
        return head;
    }

    /// <summary>The model that a command line names, and the head that it asks for.</summary>
    public static ModelPath ModelOf(ParseResult parsed, Argument<DirectoryInfo> model, Option<string?> head) =>
        ModelPath.Of(parsed.GetRequiredValue(model).ToString()) with { Head = parsed.GetValue(head) };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON for programs." };

    public static Option<DirectoryInfo> OutputFolder() => new("--output", "-o") { Description = "The folder to write to; made if it is not there.", Required = true };
}
