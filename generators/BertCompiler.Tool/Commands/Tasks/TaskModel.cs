using BertCompiler.Core.Plan;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Tasks;

/// <summary>Opens the model that a command for one kind of head works with.</summary>
internal static class TaskModel
{
    /// <summary>The model, if it has the head.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="kind">What the command needs, as a noun with its article.</param>
    /// <param name="cancellation">Stops compiling.</param>
    /// <exception cref="CommandException">The folder does not compile, has another head, or has no tokenizer.</exception>
    public static T Open<T>(ModelPath folder, string kind, CancellationToken cancellation) where T : EncoderModel
    {
        CachedModel compiled = ModelOpener.Compile(folder, Taps.None, ModelCache.OfUser, cancellation);
        if (compiled.Import.Manifest is { Spec.Tokenizer: null }) throw new CommandException($"{folder} has no tokenizer: this command reads text");
        EncoderModel model = compiled.Load();
        if (model is T typed) return typed;
        string architecture = model.Facts.Architecture;
        string labels = model is SequenceClassifier { Head.Labels.Count: var count } && typeof(T) == typeof(CrossEncoder) ? FormattableString.Invariant($", with {count} labels: only a model with one can rank documents") : "";
        model.Dispose();
        throw new CommandException($"{folder} is no {kind}: its class is {architecture}{labels}");
    }

    /// <summary>Says on the error stream that a text was cut.</summary>
    public static void WarnOfCut(long cut, EncoderModel model)
    {
        if (cut > 0) Console.Error.WriteLine(FormattableString.Invariant($"{Wording.Count(cut, "text")} {(cut == 1 ? "was" : "were")} cut to the model's {model.Facts.MaxTokens} tokens"));
    }

    /// <summary>A score for people: four digits behind the point.</summary>
    public static string Score(float score) => score.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture).PadLeft(7);

    /// <summary>A text on one line of at most <paramref name="most"/> characters.</summary>
    public static string OneLine(string text, int most = 100)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= most ? line : line[..(char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1)] + "…";
    }
}
