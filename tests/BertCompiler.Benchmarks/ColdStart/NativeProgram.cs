using System.Diagnostics;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tokenization;
using IoPath = System.IO.Path;

namespace BertCompiler.Benchmarks.ColdStart;

/// <summary>A published NativeAOT program.</summary>
/// <param name="Name">How tables name it.</param>
/// <param name="Path">The executable.</param>
/// <param name="Packed">The packed file beside it; null: none.</param>
internal sealed record NativeProgram(string Name, string Path, string? Packed)
{
    private const string Text = "A tokenizer that opens at once: naïve cafés, 3.14 and unbelievably many words.";
    private const string Settings = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
            <IlcInstructionSet>x86-64-v3</IlcInstructionSet>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="RUNTIME" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Size of the executable, in MB of 10⁶ bytes.</summary>
    public double Megabytes => new FileInfo(Path).Length / 1e6;

    /// <summary>Size of the packed file, in MB of 10⁶ bytes.</summary>
    public double PackedMegabytes => Packed is null ? 0 : new FileInfo(Packed).Length / 1e6;

    /// <summary>One that ends at once.</summary>
    public static NativeProgram Empty(string work)
    {
        string folder = Write(work, "Empty", "return 0;");
        return new("empty", Publish(folder, "Empty"), null);
    }

    /// <summary>One that writes a line as the others do: what .NET's console costs.</summary>
    public static NativeProgram Line(string work)
    {
        string folder = Write(work, "OneLine", """
            using Stream output = Console.OpenStandardOutput();
            output.Write("101 102"u8);
            return 0;
            """);
        return new("one line written", Publish(folder, "OneLine"), null);
    }

    /// <summary>One that opens the tokenizer of a folder and writes the ids of a text; they are checked.</summary>
    public static NativeProgram Of(string tokenizer, string work)
    {
        string folder = Write(work, IoPath.GetFileName(tokenizer), $$"""
            using BertCompiler.Tokenization;
            using {{ModelRequest.Namespace}};

            using Tokenizer tokenizer = {{ModelRequest.ClassName}}.Load();
            Span<int> ids = stackalloc int[128];
            int count = tokenizer.EncodeToIds("{{Text}}", ids);
            Span<byte> line = stackalloc byte[2048];
            int written = 0;
            foreach (int id in ids[..count])
            {
                id.TryFormat(line[written..], out int digits);
                written += digits;
                line[written++] = (byte)' ';
            }

            using Stream output = Console.OpenStandardOutput();
            output.Write(line[..written]);
            return 0;
            """);
        var target = new ImportTarget(folder, "model");
        TokenizerImportResult import = TokenizerImporter.Import(tokenizer, target);
        TokenizerRequestFiles(folder, import);
        string program = Publish(folder, IoPath.GetFileName(tokenizer));
        string packed = IoPath.Combine(IoPath.GetDirectoryName(program)!, PackedName(folder));
        File.Copy(target.WeightsPath, packed);
        Check(tokenizer, work, program);
        return new(IoPath.GetFileName(tokenizer), program, packed);
    }

    private static void TokenizerRequestFiles(string folder, TokenizerImportResult import)
    {
        if (import.Manifest is null) throw new InvalidDataException(string.Join('\n', import.Problems));
        foreach (SourceFile file in CSharpEmitter.Emit(ModelRequest.For(import.Manifest))) File.WriteAllText(IoPath.Combine(folder, file.Name), file.Text);
    }

    /// <summary>The generated code says how the packed file is called.</summary>
    private static string PackedName(string folder)
    {
        const string constant = "public const string PackedFile = \"";
        string line = Directory.EnumerateFiles(folder, "*.cs").SelectMany(File.ReadLines).First(l => l.Contains(constant, StringComparison.Ordinal));
        return line[(line.IndexOf(constant, StringComparison.Ordinal) + constant.Length)..line.LastIndexOf('"')];
    }

    private static string Write(string work, string name, string program)
    {
        string folder = IoPath.Combine(work, "program", name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(IoPath.Combine(folder, name + ".csproj"), Settings.Replace("RUNTIME", typeof(EncoderModel).Assembly.Location, StringComparison.Ordinal));
        File.WriteAllText(IoPath.Combine(folder, "Program.cs"), program);
        return folder;
    }

    private static string Publish(string folder, string name)
    {
        string output = IoPath.Combine(folder, "out");
        Start("dotnet", "publish", folder, "--use-current-runtime", "-c", "Release", "-o", output, "-v", "quiet", "--nologo");
        return IoPath.Combine(output, name);
    }

    private static void Check(string tokenizer, string work, string program)
    {
        using Tokenizers.BenchTokenizer bench = Tokenizers.BenchTokenizer.Compile(tokenizer, IoPath.Combine(work, "cache"));
        int[] ids = bench.Tokenizer.Encode(Text).Ids();
        string written = Start(program).Trim();
        if (written != string.Join(' ', ids)) throw new InvalidOperationException($"{program} wrote {written}, and the ids are {string.Join(' ', ids)}");
    }

    private static string Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}\n{output}");
    }
}
