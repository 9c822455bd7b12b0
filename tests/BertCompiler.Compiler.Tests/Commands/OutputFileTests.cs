using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary><c>--output</c> replaces results of the same command and nothing else, and says so before any work is done.</summary>
public sealed class OutputFileTests : IDisposable
{
    private static readonly string _bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bertc-output-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Embed_replaces_embeddings_and_no_other_file()
    {
        string output = At("a.safetensors");
        Assert.Equal(0, Bertc.Run("", "embed", _bundled, "--text", "one", "-o", output).ExitCode);
        Assert.Equal(0, Bertc.Run("", "embed", _bundled, "--text", "two", "--text", "three", "-o", output).ExitCode);
        File.WriteAllText(At("empty"), "");
        Assert.Equal(0, Bertc.Run("", "embed", _bundled, "--text", "one", "-o", At("empty")).ExitCode);

        File.Copy(Path.Combine(_bundled, "model.safetensors"), At("weights.safetensors"));
        File.WriteAllText(At("notes.md"), "# Mine\n");
        Refused(At("weights.safetensors"), "embed", _bundled, "--text", "one", "-o", At("weights.safetensors"));
        Refused(At("notes.md"), "embed", _bundled, "--lines", At("notes.md"), "-o", At("notes.md"));
        Refused(At("notes.md"), "run", _bundled, "--inputs", output, "-o", At("notes.md"));
    }

    [Theory]
    [InlineData("ids")]
    [InlineData("jsonl")]
    [InlineData("bin")]
    public void Tokenize_replaces_ids_of_every_format_and_no_other_file(string format)
    {
        string texts = At("texts.txt"), output = At("out");
        foreach (int lines in (int[])[0, 1, 3000])
        {
            File.WriteAllText(texts, string.Concat(Enumerable.Repeat("How it works.\n", lines)));
            Bertc.Result first = Bertc.Run("", "tokenize", _bundled, texts, "-o", output, "--format", format);
            Assert.True(first.ExitCode == 0, first.Errors);
            Assert.Equal(0, Bertc.Run("", "tokenize", _bundled, texts, "-o", output, "--format", "ids").ExitCode);
            Assert.Equal(0, Bertc.Run("", "tokenize", _bundled, texts, "-o", output, "--format", format).ExitCode);
        }

        File.WriteAllText(At("notes.md"), "# Mine\n");
        File.WriteAllText(At("data.jsonl"), "{\"text\":\"mine\"}\n");
        File.WriteAllBytes(At("numbers"), [3, 0, 0, 0, 1, 0, 0, 0]);
        foreach (string mine in (string[])["notes.md", "data.jsonl", "numbers"]) Refused(At(mine), "tokenize", _bundled, texts, "-o", At(mine), "--format", format);
    }

    [Fact]
    public void A_folder_a_device_and_a_missing_folder_are_refused()
    {
        Assert.Contains("folder", Refuse("embed", _bundled, "--text", "one", "-o", _folder.FullName), StringComparison.Ordinal);
        Assert.Contains("no folder", Refuse("embed", _bundled, "--text", "one", "-o", At("nowhere/a.safetensors")), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows()) return;
        Assert.Contains("device", Refuse("embed", _bundled, "--text", "one", "-o", "/dev/null"), StringComparison.Ordinal);
        Assert.Contains("device", Refuse("tokenize", _bundled, Path.Combine(_bundled, "vocab.txt"), "-o", "/dev/null"), StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void Emit_replaces_generated_code_only()
    {
        Assert.Equal(0, Bertc.Run("", "emit", _bundled, "-o", _folder.FullName).ExitCode);
        Assert.Equal(0, Bertc.Run("", "emit", _bundled, "-o", _folder.FullName).ExitCode);
        string mine = Directory.GetFiles(_folder.FullName, "*.g.cs").Order(StringComparer.Ordinal).Last();
        string[] others = [.. Directory.GetFiles(_folder.FullName).Where(f => f != mine)];
        foreach (string other in others) File.Delete(other);
        File.WriteAllText(mine, "// my own\n");
        Bertc.Result refused = Bertc.Run("", "emit", _bundled, "-o", _folder.FullName);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(mine, refused.Errors, StringComparison.Ordinal);
        Assert.Equal("// my own\n", File.ReadAllText(mine));
        Assert.Equal([mine], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Tokenize_takes_JSON_lines_from_the_standard_input_and_writes_a_file()
    {
        const string line = """{"text":"How it works"}""";
        Bertc.Result plain = Bertc.Run(line, "tokenize", _bundled);
        Assert.Equal(0, plain.ExitCode);
        Assert.Contains("\"ids\":[101,", plain.Output, StringComparison.Ordinal);
        Assert.Equal(plain.Output, Bertc.Run(line, "tokenize", _bundled, "--jsonl", "-").Output);

        Bertc.Result written = Bertc.Run(line, "tokenize", _bundled, "--jsonl", "-", "-o", At("out.jsonl"));
        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal(plain.Output, File.ReadAllText(At("out.jsonl")));

        File.WriteAllText(At("in.jsonl"), line);
        Assert.Equal(0, Bertc.Run("", "tokenize", _bundled, "--jsonl", At("in.jsonl"), "-o", _folder.FullName).ExitCode);
        Assert.Equal(plain.Output, File.ReadAllText(At("in.jsonl.ids.jsonl")));
        Assert.Equal(2, Bertc.Run("", "tokenize", _bundled, "--jsonl", At("in.jsonl"), "-o", At("in.jsonl")).ExitCode);
        Assert.Equal(line, File.ReadAllText(At("in.jsonl")));
        Assert.Contains("there is no such file", Bertc.Run("", "tokenize", _bundled, "--jsonl", At("nowhere")).Errors, StringComparison.Ordinal);
    }

    private static void Refused(string file, params string[] arguments)
    {
        byte[] before = File.ReadAllBytes(file);
        Assert.Contains(file, Refuse(arguments), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    private static string Refuse(params string[] arguments)
    {
        Bertc.Result result = Bertc.Run("", arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        return result.Errors;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
