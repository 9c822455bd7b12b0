using System.Text.RegularExpressions;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Freshness;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>The list of files that an import may read (<see cref="ModelFiles"/>) against those that importers open.</summary>
public sealed partial class OpenedFilesTest
{
    [SharedFact]
    public void Every_file_that_an_import_opens_is_listed()
    {
        string golden = SharedData.Require("golden");
        string[] kinds = [.. ((string[])["models", "models_beyond", "hostile", "tokenizers", "reports", "tasks/sentence_embeddings"]).Select(k => Path.Combine(golden, k)).Where(Directory.Exists)];
        string[] folders = [.. kinds.SelectMany(k => Directory.EnumerateDirectories(k, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
        var endings = new HashSet<string>(StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            using var opened = OpenedFiles.Record();
            OpenedModel.Open(folder, ImportOptions.Default).Dispose();
            using var results = new TemporaryFolder();
            TokenizerImporter.ImportManifest(folder, new ImportTarget(results.Path, "t"));
            HashSet<string> listed = [.. ModelFiles.Of(folder)];
            Assert.All(opened.Files, f => Assert.Contains(f.Path, listed));
            endings.UnionWith(opened.Files.Select(f => Path.GetExtension(f.Path)));
        }

        // Else the folders were not what they were taken for.
        Assert.All((string[])[".json", ".safetensors", ".txt", ".bin", ".onnx", ".onnx_data", ".index", ".pt"], ending => Assert.Contains(ending, endings));
    }

    /// <summary>One door: what is opened elsewhere would be no dependency of the build.</summary>
    [Fact]
    public void Importers_open_files_in_one_place()
    {
        string tool = Path.Combine(SharedData.Repository, "generators", "BertCompiler.Tool");
        string[] allowed = ["ModelFile.cs", "ImportWriter.cs", "SafeTensorsOutput.cs", "TokenizeInput.cs"];
        string[] sources = [.. ((string[])["Importers", "Tokenizers"]).SelectMany(f => Directory.EnumerateFiles(Path.Combine(tool, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/Verification/", StringComparison.Ordinal) && !f.Contains("/Freshness/", StringComparison.Ordinal) && !allowed.Contains(Path.GetFileName(f)))];
        Assert.True(sources.Length > 100);
        Assert.All(sources, f => Assert.DoesNotMatch(Opening(), File.ReadAllText(f)));
    }

    [GeneratedRegex(@"\bFile\.(Open|Read)\w*\(|new FileStream\(|new FileInfo\(|new StreamReader\(|MemoryMappedFile", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Opening();
}
