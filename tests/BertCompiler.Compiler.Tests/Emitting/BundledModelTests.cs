using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Emitting;

/// <summary>The generated code that stands beside the bundled model, for people to read, is what the compiler writes for it today.</summary>
public sealed class BundledModelTests
{
    [Fact]
    public void The_committed_code_is_what_the_compiler_writes()
    {
        string model = Path.Combine(SharedData.Repository, "models", "bundled-embedder");
        string committed = Path.Combine(model, "generated");
        string work = Directory.CreateTempSubdirectory("bertcompiler-").FullName;
        try
        {
            ImportResult import = ModelImporter.Import(model, new ImportTarget(work, "model"));
            Assert.Empty(import.Problems);
            CompareWith(import, committed);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void CompareWith(ImportResult import, string committed)
    {
        var request = new EmitRequest { Namespace = "Models", ClassName = "BundledEmbedder", Manifest = import.Manifest!, Taps = Taps.None, Weights = WeightsPlace.File };
        SourceFile[] files = [.. CSharpEmitter.Emit(request)];
        bool accept = Environment.GetEnvironmentVariable("BERTCOMPILER_ACCEPT_SNAPSHOTS") == "1";
        foreach (SourceFile file in files)
        {
            string path = Path.Combine(committed, file.Name);
            if (accept) ImportWriter.WriteIfDifferent(path, file.Text);
            Snapshot.Compare(path, Path.Combine(SharedData.Repository, "artifacts", "received", file.Name), file.Text);
        }

        Assert.Equal(files.Select(f => f.Name).Order(StringComparer.Ordinal), Directory.GetFiles(committed).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal));
    }
}
