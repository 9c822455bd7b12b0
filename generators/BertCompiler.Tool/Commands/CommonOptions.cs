using System.CommandLine;

namespace BertCompiler.Tool.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<DirectoryInfo> Model() => new("MODEL") { Description = "A model folder: config.json, weights, tokenizer files; or one file of weights in it, where there are several." };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON for programs." };

    public static Option<DirectoryInfo> OutputFolder() => new("--output", "-o") { Description = "The folder to write to; made if it is not there.", Required = true };
}
