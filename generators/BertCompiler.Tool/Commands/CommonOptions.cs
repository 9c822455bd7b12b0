using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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

    public static Option<bool> JsonLines(string each) => new("--json") { Description = $"Write a JSON object a line for each {each}, as results come." };

    public static Option<DirectoryInfo> OutputFolder() => new Option<DirectoryInfo>("--output", "-o") { Description = "The folder to write to; made if it is not there.", Required = true }.NotAFile();

    /// <summary>Refuses the path of a file that is there.</summary>
    public static Option<T> NotAFile<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(t => File.Exists(t.Value))) result.AddError($"{result.Option.Name} {token.Value}: a folder is wanted, not a file");
        });
        return option;
    }

    /// <summary>Takes the names of an enumeration, not the numbers behind them.</summary>
    public static Option<T> Named<T>(this Option<T> option)
        where T : struct, Enum
    {
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(t => int.TryParse(t.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            {
                result.AddError($"{result.Option.Name} {token.Value}: expected {string.Join(", ", Enum.GetNames<T>())}");
            }
        });
        return option;
    }

    /// <summary>Refuses a number less than <paramref name="least"/>.</summary>
    public static Option<int?> AtLeast(this Option<int?> option, int least)
    {
        option.Validators.Add(result => Check(result, least));
        return option;
    }

    /// <inheritdoc cref="AtLeast(Option{int?}, int)"/>
    public static Option<int> AtLeast(this Option<int> option, int least)
    {
        option.Validators.Add(result => Check(result, least));
        return option;
    }

    private static void Check(OptionResult result, int least)
    {
        foreach (Token token in result.Tokens)
        {
            if (int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value < least)
            {
                result.AddError(FormattableString.Invariant($"{result.Option.Name} {value}: expected at least {least}"));
            }
        }
    }
}
