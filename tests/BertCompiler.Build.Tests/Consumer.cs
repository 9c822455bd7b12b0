using System.Runtime.InteropServices;
using System.Text;

namespace BertCompiler.Build.Tests;

/// <summary>A user's project.</summary>
internal sealed class Consumer(string folder, string name)
{
    /// <summary>
    /// Embeds the texts of a file (one a line, UTF-8 in hexadecimal digits, so that a text may hold line breaks) with each model of
    /// <c>Models.All</c> and writes the floats' bytes, a line a text; says which exception it met.
    /// </summary>
    public const string Embed = """
        using System.Runtime.InteropServices;
        using System.Text;

        try
        {
            foreach (Func<BertCompiler.SentenceEncoder> load in Models.All)
            {
                using BertCompiler.SentenceEncoder model = load();
                foreach (string line in File.ReadLines(args[0]))
                {
                    float[] vector = model.Embed(Encoding.UTF8.GetString(Convert.FromHexString(line)));
                    Console.WriteLine(Convert.ToHexString(MemoryMarshal.AsBytes<float>(vector)));
                }
            }

            return 0;
        }
        catch (Exception e) when (e is FileNotFoundException or InvalidDataException)
        {
            Console.WriteLine($"{e.GetType().Name}: {e.Message}");
            return 3;
        }
        """;

    /// <summary>The project's folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Where a build puts the program.</summary>
    public string Output => Path.Combine(Folder, "bin", "Debug", "net10.0");

    /// <summary>Where the build keeps manifests and packed weights.</summary>
    public string Imported => Path.Combine(Folder, "obj", "Debug", "net10.0", "bert");

    /// <summary>Writes the project.</summary>
    public void Write(string properties, string items, string program)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), program);
    }

    /// <summary>Adds a source file.</summary>
    public Consumer With(string file, string text)
    {
        File.WriteAllText(Path.Combine(Folder, file), text);
        return this;
    }

    /// <summary>Adds the list of models that the program <see cref="Embed"/> goes through.</summary>
    public Consumer WithModels(params string[] classes) =>
        With("Models.cs", $$"""
            internal static class Models
            {
                public static Func<BertCompiler.SentenceEncoder>[] All => [{{string.Join(", ", classes.Select(c => $"() => {c}.Load()"))}}];
            }
            """);

    /// <summary>Runs a <c>dotnet</c> command on the project.</summary>
    public CommandResult Dotnet(params string[] arguments) => Command.Dotnet(Folder, arguments);

    /// <summary>Embeds texts with the program at <paramref name="path"/> (an executable, or a .dll), and returns its vectors.</summary>
    public float[][] Run(string path, IEnumerable<string> texts) => [.. Start(path, texts).Succeeded().Lines.Select(ToVector)];

    /// <summary>Starts the program at <paramref name="path"/> on some texts.</summary>
    public CommandResult Start(string path, IEnumerable<string> texts)
    {
        string file = Path.Combine(Folder, "texts");
        File.WriteAllLines(file, texts.Select(t => Convert.ToHexString(Encoding.UTF8.GetBytes(t))));
        return path.EndsWith(".dll", StringComparison.Ordinal) ? Command.Dotnet(Folder, path, file) : Command.Run(Folder, path, file);
    }

    private static float[] ToVector(string line) => MemoryMarshal.Cast<byte, float>(Convert.FromHexString(line)).ToArray();
}
