using BertCompiler.Tool.Commands.Tasks;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Which files are read, and where the ids of each go.</summary>
internal static class FilePlan
{
    /// <summary>The standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Finds the output file of each input; inputs of one output are written to it one after the other. Everything is checked first.</summary>
    /// <param name="inputs">The files as they were named.</param>
    /// <param name="output">A file or a folder; null: the standard output.</param>
    /// <param name="extension">What is put behind the name of an input.</param>
    /// <exception cref="CommandException">A file is missing, or would be written over.</exception>
    public static IReadOnlyList<FileStep> Make(IReadOnlyList<string> inputs, string? output, string extension)
    {
        foreach (string input in inputs)
        {
            if (input != StandardInput) TextOptions.RequireFile(input);
        }

        if (output is null) return [new(inputs, null)];
        IReadOnlyList<FileStep> steps = Path.EndsInDirectorySeparator(output) || Directory.Exists(output)
            ? [.. inputs.Select(input => new FileStep([input], Path.Combine(output, NameOf(input) + extension)))]
            : [new(inputs, output)];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileStep step in steps)
        {
            string path = Path.GetFullPath(step.Output!);
            if (FileKinds.IsSpecial(path)) throw new CommandException($"{step.Output}: a file is wanted, not a pipe or device; without --output ids go to the standard output", isUsage: true);
            if (!names.Add(path)) throw new CommandException($"{step.Output} would be written for two files; give them different names", isUsage: true);
            if (inputs.Any(input => input != StandardInput && Path.GetFullPath(input) == path)) throw new CommandException($"{step.Output} is read and would be written over", isUsage: true);
            if (!TokenFile.MayReplace(path)) throw new CommandException($"{step.Output}: the file there does not hold ids, and would be lost; name another file, or remove it first", isUsage: true);
        }

        return steps;
    }

    private static string NameOf(string input) => input == StandardInput ? "stdin" : Path.GetFileName(input);
}
