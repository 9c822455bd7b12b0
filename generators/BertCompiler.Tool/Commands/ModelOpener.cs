using BertCompiler.Core.Plan;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary>Compiles the model that a command is going to run, or finds it in the cache.</summary>
internal static class ModelOpener
{
    /// <summary>The compiled model; problems of the folder go to the error stream.</summary>
    /// <exception cref="CommandException">The folder does not compile.</exception>
    public static CachedModel Compile(ModelPath named, Taps taps, ModelCache cache, CancellationToken cancellation)
    {
        CachedModel model = TerminalProgress.Run("compiling the model", progress => cache.Get(named.Folder, taps, named.Options, progress, cancellation));
        ProblemPrinter.Print(model.Import.Problems, Console.Error);
        return model.Import.Succeeded ? model : throw new CommandException($"{named} does not compile");
    }
}
