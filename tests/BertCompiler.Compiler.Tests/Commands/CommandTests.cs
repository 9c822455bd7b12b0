using System.Text.Json.Nodes;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>The commands as a user runs them, on the bundled model.</summary>
public sealed class CommandTests
{
    private static readonly string _model = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    [Fact]
    public void Embed_gives_the_same_vectors_from_every_source()
    {
        string[] fromText = Lines(Bertc.Run("", "embed", _model, "--text", "one", "--text", "two words"));
        string[] fromLines = Lines(Bertc.Run("one\ntwo words\n", "embed", _model));
        string[] fromJson = Lines(Bertc.Run("{\"text\":\"one\"}\n\n{\"text\":\"two words\"}\n", "embed", _model, "--jsonl", "-"));
        Assert.Equal(2, fromText.Length);
        Assert.Equal(fromText, fromLines);
        Assert.Equal(fromText, fromJson);
        float[] vector = [.. JsonNode.Parse(fromText[0])!["embedding"]!.AsArray().Select(n => n!.GetValue<float>())];
        Assert.Equal(128, vector.Length);
        Assert.Equal(1, Math.Sqrt(vector.Sum(x => (double)x * x)), 1e-6);
    }

    [Fact]
    public void Embed_writes_one_tensor_and_says_what_was_cut()
    {
        string folder = Directory.CreateTempSubdirectory("bertc-").FullName;
        string file = Path.Combine(folder, "e.safetensors");
        Bertc.Result result = Bertc.Run($"short\n{string.Concat(Enumerable.Repeat("long ", 400))}\n", "embed", _model, "--output", file);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("1 text was cut", result.Errors, StringComparison.Ordinal);
        using (SafeTensorsFile tensors = SafeTensorsFile.Open(file)) Assert.Equal([2L, 128L], tensors.Find("embeddings")!.Shape);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("{\"text\":1}\n")]
    [InlineData("not json\n")]
    [InlineData("[]\n")]
    public void Embed_names_the_line_that_it_cannot_read(string input)
    {
        Bertc.Result result = Bertc.Run("{\"text\":\"fine\"}\n" + input, "embed", _model, "--jsonl", "-");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("standard input(2)", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_refuses_a_long_text_when_asked()
    {
        Bertc.Result result = Bertc.Run("", "embed", _model, "--truncation", "Error", "--text", string.Concat(Enumerable.Repeat("long ", 400)));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("402 tokens", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_takes_a_prompt_and_cuts_vectors()
    {
        string[] whole = Lines(Bertc.Run("", "embed", _model, "--text", "to be: one"));
        Assert.Equal(whole, Lines(Bertc.Run("", "embed", _model, "--prompt", "to be: ", "--text", "one")));
        float[] vector = Vector(whole[0]);
        float[] cut = Vector(Lines(Bertc.Run("", "embed", _model, "--dimensions", "3", "--text", "to be: one"))[0]);
        Assert.Equal(vector[..3], cut);
        float[] unit = Vector(Lines(Bertc.Run("", "embed", _model, "--dimensions", "3", "--normalize", "--prompt-name", "query", "--text", "to be: one"))[0]);
        double length = Math.Sqrt(cut.Sum(x => (double)x * x));
        for (int i = 0; i < 3; i++) Assert.Equal(cut[i] / length, unit[i], 1e-6);
        Bertc.Result result = Bertc.Run("", "embed", _model, "--prompt-name", "web", "--text", "one");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'web'", result.Errors, StringComparison.Ordinal);

        static float[] Vector(string line) => [.. JsonNode.Parse(line)!["embedding"]!.AsArray().Select(n => n!.GetValue<float>())];
    }

    [Fact]
    public void Inspect_tells_sizes_and_compiles()
    {
        Bertc.Result result = Bertc.Run("", "inspect", _model, "--json");
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal(0, result.ExitCode);
        Assert.True(json["compiles"]!.GetValue<bool>());
        Assert.Equal(4_534_912, json["parameters"]!.GetValue<long>());

        // 3 layers × (2 × (128·384 + 128·128 + 2·128·512) + 4·128·128)
        Assert.Equal(1_376_256, json["flops_per_token_128"]!.GetValue<long>());
    }

    [Fact]
    public void New_writes_a_project_once()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("bertc-").FullName, "demo");
        Bertc.Result first = Bertc.Run("", "new", "Demo", "--model", _model, "-o", folder);
        Assert.Equal(0, first.ExitCode);
        string project = File.ReadAllText(Path.Combine(folder, "Demo.csproj"));
        Assert.Contains("<PackageReference Include=\"BertCompiler\" Version=\"0.1.0\" />", project, StringComparison.Ordinal);
        Assert.Contains("Class=\"Demo.Embedder\"", project, StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(folder, "Program.cs"), "// mine");
        Bertc.Result second = Bertc.Run("", "new", "Demo", "--model", _model, "-o", folder);
        Assert.Equal(1, second.ExitCode);
        Assert.EndsWith("// mine", File.ReadAllText(Path.Combine(folder, "Program.cs")), StringComparison.Ordinal);
        Assert.Equal(2, Bertc.Run("", "new", "2nd", "-o", folder).ExitCode);
    }

    private static string[] Lines(Bertc.Result result)
    {
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
