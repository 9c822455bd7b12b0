using System.CommandLine;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Commands.Embedding;
using BertCompiler.Tool.Commands.Tasks;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc embed</c>: texts → vectors.</summary>
internal static class EmbedCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        var texts = new TextOptions();
        Option<FileInfo?> output = new("--output", "-o") { Description = "A safetensors file: one tensor 'embeddings' [N,H]. Without it: JSON lines on the standard output." };
        var options = new EmbedArguments();
        var command = new Command("embed", "Turns texts into vectors, as the model's sentence-transformers modules say.") { model };
        texts.AddTo(command);
        command.Add(output);
        options.AddTo(command);
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head), texts.Read(parsed), parsed.GetValue(output)?.FullName, options.Read(parsed), cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, IEnumerable<string> texts, string? output, EmbedOptions options, CancellationToken cancellation)
    {
        if (output is not null) OutputPath.CheckTensors(output, name => name == SafeTensorsEmbeddingWriter.TensorName);
        CachedModel compiled = ModelOpener.Compile(folder, Taps.None, ModelCache.OfUser, cancellation);
        using EncoderModel loaded = compiled.Load();
        if (loaded is not SentenceEncoder model) throw new CommandException($"{folder} is no sentence embedder: it has no pooling module, or no tokenizer; with a tokenizer, --head embedding takes the mean over the tokens, as sentence-transformers does with a plain folder");
        int dimension = Dimension(model, options);
        using IEmbeddingWriter writer = output is null ? new JsonLineWriter() : new SafeTensorsEmbeddingWriter(output, dimension);
        long cut = TerminalProgress.Count("embedding", progress => new TextEmbedder(model, options).Run(texts, writer, progress, cancellation));
        writer.Commit();
        TaskModel.WarnOfCut(cut, model);
        if (output is not null) Console.WriteLine(output);
        return ExitCodes.Success;
    }

    /// <summary>The length of a vector; options that the model cannot meet are told before a text is read.</summary>
    private static int Dimension(SentenceEncoder model, EmbedOptions options)
    {
        try
        {
            model.Sentence.PromptFor(options);
            if (options.Dimensions > model.Sentence.FullDimension)
            {
                throw new CommandException(FormattableString.Invariant($"--dimensions {options.Dimensions}: the model gives {model.Sentence.FullDimension} numbers a text"), isUsage: true);
            }

            return model.DimensionOf(options);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(Wording.Of(e), isUsage: true);
        }
    }
}
