using System.CommandLine;
using System.Reflection;
using BertCompiler.Core.Emit;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc new</c>: a project that builds.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "The project's name: letters, digits, underscores and dots." };
        Option<string> model = new("--model") { Description = "The model folder.", DefaultValueFactory = _ => "model" };
        Option<DirectoryInfo?> output = new("--output", "-o") { Description = "The folder to write to; default: NAME." };
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
            (Path.Combine(output, "Program.cs"), ProgramText(name)),
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

    private static string ProgramText(string name) => $$"""
        using {{name}};

        using var model = Embedder.Load();
        float[] a = model.Embed("A man is playing a guitar.");
        float[] b = model.Embed("Someone makes music on an instrument.");

        double dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        Console.WriteLine(FormattableString.Invariant($"{a.Length} numbers a text; cosine {dot / Math.Sqrt(aa * bb):F4}"));

        """.ReplaceLineEndings("\n");

    private static string Version()
    {
        string version = typeof(NewCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return version.Split('+')[0];
    }
}
