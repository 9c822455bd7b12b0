using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>The program that <c>bertc new</c> writes fits what the model can, and compiles with the class that a build would generate.</summary>
public sealed class NewCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bertc-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Demo")]
    [InlineData("Embedder")]
    [InlineData("Acme.Search")]
    public void A_sentence_embedder_embeds_under_any_name(string name) =>
        Check(Path.Combine(SharedData.Repository, "models", "bundled-embedder"), name, "model.Embed(");

    [Fact]
    public void A_model_without_tokenizer_takes_ids()
    {
        string model = Path.Combine(_folder, "bare");
        new TinyModel().Save(model);
        Check(model, "Demo", "model.Run(");
    }

    [Fact]
    public void A_head_with_a_tokenizer_encodes()
    {
        string model = Path.Combine(_folder, "tagger");
        var tiny = new TinyModel();
        tiny.Fields["architectures"] = """["BertForTokenClassification"]""";
        tiny.Add("classifier.weight", 2, tiny.Hidden);
        tiny.Add("classifier.bias", 2);
        tiny.Save(model);
        File.WriteAllLines(Path.Combine(model, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "man"]);
        Check(model, "Demo", "model.Encode(");
    }

    private void Check(string model, string name, string call)
    {
        string output = Path.Combine(_folder, "out");
        Bertc.Result result = Bertc.Run("", "new", name, "--model", model, "-o", output);
        Assert.True(result.ExitCode == 0, result.Errors);
        string program = File.ReadAllText(Path.Combine(output, "Program.cs"));
        Assert.Contains(call, program, StringComparison.Ordinal);
        var request = new EmitRequest
        {
            Namespace = name,
            ClassName = "Embedder",
            Manifest = SampleManifests.Of(ModelImporter.Inspect(model).Spec!),
            Taps = Taps.None,
            Weights = WeightsPlace.File,
        };
        IEnumerable<string> sources = CSharpEmitter.Emit(request).Select(f => f.Text).Append(program).Append("global using System;");
        var compilation = CSharpCompilation.Create(
            "New",
            sources.Select(s => CSharpSyntaxTree.ParseText(s)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
    }
}
