using System.CommandLine;
using System.Reflection;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc new</c>: a project that builds.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "The project's name: letters, digits, underscores and dots." };
        Option<string> model = new("--model") { Description = "The model folder.", DefaultValueFactory = _ => "model" };
        Option<DirectoryInfo?> output = new Option<DirectoryInfo?>("--output", "-o") { Description = "The folder to write to; default: NAME." }.NotAFile();
        var command = new Command("new", "Writes a project that compiles a model and embeds two sentences.") { name, model, output };
        command.SetAction(parsed =>
        {
            string project = parsed.GetRequiredValue(name);
            return Run(project, parsed.GetRequiredValue(model), parsed.GetValue(output)?.FullName ?? Path.GetFullPath(project));
        });
        return command;
    }

    private static int Run(string name, string model, string output)
    {
        string className = name + ".Embedder";
        if (ClassNames.Problem(className) is { } problem) throw new CommandException($"NAME '{name}': {problem}", isUsage: true);
        (string Path, string Text)[] files =
        [
            (Path.Combine(output, name + ".csproj"), ProjectText(Path.GetRelativePath(output, Path.GetFullPath(model)).Replace('\\', '/'), className)),
            (Path.Combine(output, "Program.cs"), ProgramText("global::" + className, model)),
        ];
        if (Array.Find(files, f => File.Exists(f.Path)) is { Path: { } existing }) throw new CommandException($"{existing} is there already; nothing was written");
        Directory.CreateDirectory(output);
        foreach ((string path, string text) in files)
        {
            ImportWriter.WriteIfDifferent(path, text);
            Console.WriteLine(path);
        }

        if (!Directory.Exists(model)) Console.Error.WriteLine($"put the model folder at {Path.GetFullPath(model)} before you build");
        return ExitCodes.Success;
    }

    private static string ProjectText(string model, string className) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="BertCompiler" Version="{Version()}" />
            <BertModel Include="{System.Security.SecurityElement.Escape(model)}" Class="{className}" />
          </ItemGroup>
        </Project>

        """.ReplaceLineEndings("\n");

    /// <summary>What the first program does depends on what the model can: embed sentences, encode a text, or take token ids only.</summary>
    private static string ProgramText(string className, string model)
    {
        // A model that is not there yet, or is not sound, is taken for what most people start with.
        ModelSpec? spec = Directory.Exists(model) ? ModelImporter.Inspect(model).Spec : null;
        string text = spec switch
        {
            { Sentence: null, Tokenizer: null } => IdsProgram,
            { Sentence: null } => EncodeProgram,
            _ => EmbedProgram,
        };
        return $"using var model = {className}.Load();\n" + text.ReplaceLineEndings("\n");
    }

    private static string Version()
    {
        string version = typeof(NewCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return version.Split('+')[0];
    }

    private const string EmbedProgram = """
        float[] a = model.Embed("A man is playing a guitar.");
        float[] b = model.Embed("Someone makes music on an instrument.");
        Console.WriteLine(FormattableString.Invariant($"{a.Length} numbers a text; {model.Sentence.Similarity} similarity {model.Similarity(a, b):F4}"));

        """;

    private const string EncodeProgram = """
        using BertCompiler.TokenStates states = model.Encode("A man is playing a guitar.");
        Console.WriteLine($"{states.Count} tokens, {states.Hidden} numbers each");

        """;

    private const string IdsProgram = """
        var batch = new BertCompiler.TokenBatch();
        batch.Add([1, 2, 3]);
        model.Run(batch, new Shapes());

        /// <summary>Prints the shape of each result.</summary>
        internal sealed class Shapes : BertCompiler.IModelOutputs
        {
            public void Tokens(string name, BertCompiler.Kernels.Rows values, int column = -1) => Console.WriteLine($"{name}: {values.Count} tokens, {values.Columns} numbers each");

            public void Sequences(string name, BertCompiler.Kernels.Rows values, int column = -1) => Console.WriteLine($"{name}: {values.Count} texts, {values.Columns} numbers each");

            public void Attention(int layer, int sequence, int head, BertCompiler.Kernels.Rows probabilities)
            {
            }
        }

        """;
}
