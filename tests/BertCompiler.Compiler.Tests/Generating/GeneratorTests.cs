using BertCompiler.Core.Problems;
using BertCompiler.Core.Weights;
using BertCompiler.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static BertCompiler.Compiler.Tests.Generating.GeneratorHarness;

namespace BertCompiler.Compiler.Tests.Generating;

public sealed class GeneratorTests
{
    [Fact]
    public void Generated_code_compiles_without_a_warning()
    {
        var harness = new GeneratorHarness(
            Model.Of(SampleManifests.MiniLm, "Shop.MiniLm"),
            Model.Of(SampleManifests.TwoPoolings, "Shop.Deep.Two", weights: "Embedded"),
            Model.Of(SampleManifests.Classifier, "Rating", taps: "hidden;attention"),
            Model.Of(SampleManifests.PreTraining, "Shop.PreTraining", taps: "hidden"),
            Model.Of(SampleManifests.AllModules, "Shop.AllModules"),
            Model.Of(SampleTokenizers.Everything, "Shop.Words"),
            Model.Of(SampleTokenizers.Plain, "Shop.Tokenizer", weights: "Embedded"),
            Model.Of(SampleTokenizers.XlmRoberta, "Multilingual"));
        Diagnostic[] problems = [.. harness.Compile().GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(10).Select(d => d.ToString())));
    }

    [Fact]
    public void Labels_are_distinct_members_with_their_own_texts()
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.Classifier, "Rating"));
        INamedTypeSymbol label = harness.Compile().GetTypeByMetadataName("Rating+Label")!;
        string[] names = [.. label.GetMembers().OfType<IFieldSymbol>().Select(f => f.Name)];
        Assert.Equal(["VeryGood", "VeryGood_1", "Label1Star", "Label", "Class", "ClassEvil", "B", "NaïveÉ"], names);
    }

    [Fact]
    public void An_edit_elsewhere_runs_no_step_again()
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, "Shop.MiniLm"));
        harness.Run();
        harness.AddUnrelatedSource();
        GeneratorRunResult second = harness.Run();
        foreach (string step in new[] { BertModelGenerator.InputStep, BertModelGenerator.RequestStep, BertModelGenerator.EmitStep, BertModelGenerator.SurroundingsStep })
        {
            Assert.All(Reasons(second, step), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}"));
        }

        Assert.NotEmpty(second.GeneratedSources);
    }

    [Fact]
    public void A_changed_model_leaves_the_others_alone()
    {
        Model first = Model.Of(SampleManifests.MiniLm, "Shop.MiniLm");
        var harness = new GeneratorHarness(first, Model.Of(SampleManifests.TwoPoolings, "Shop.Two"));
        harness.Run();
        harness.Replace(first, Model.Of(SampleManifests.MiniLm with { ContentHash = new string('1', 64) }, "Shop.MiniLm"));
        IncrementalStepRunReason[] reasons = [.. Reasons(harness.Run(), BertModelGenerator.EmitStep)];
        Assert.Equal(2, reasons.Length);
        Assert.Single(reasons, IncrementalStepRunReason.Modified);
        Assert.Single(reasons, r => r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }

    [Theory]
    [InlineData("", "", "", "BERT2002")]
    [InlineData("Shop.2nd", "", "", "BERT2002")]
    [InlineData("Shop.class", "", "", "BERT2002")]
    [InlineData("Shop.Embed", "", "", "BERT2002")]
    [InlineData("Shop.Model", "colour", "", "BERT2004")]
    [InlineData("Shop.Model", "", "Cloud", "BERT2004")]
    public void A_wrong_word_is_an_error_with_its_id(string className, string taps, string weights, string id)
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, className, taps, weights) with { Path = "obj/bert/x.bertmanifest" });
        GeneratorRunResult result = harness.Run();
        Assert.Equal(id, Assert.Single(result.Diagnostics).Id);
        Assert.Empty(result.GeneratedSources);
    }

    [Theory]
    [InlineData("Shop.TextPipeline", "", "", "BERT2002")]
    [InlineData("Shop.VocabularySize", "", "", "BERT2002")]
    [InlineData("Shop.Words", "hidden", "", "BERT2004")]
    [InlineData("Shop.Words", "", "model.safetensors", "BERT2004")]
    public void A_wrong_word_about_a_tokenizer_is_an_error_too(string className, string taps, string weights, string id)
    {
        var harness = new GeneratorHarness(Model.Of(SampleTokenizers.Bert, className) with { Taps = taps, Weights = weights });
        GeneratorRunResult result = harness.Run();
        Assert.Equal(id, Assert.Single(result.Diagnostics).Id);
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void A_diagnostic_is_still_there_when_nothing_runs_again()
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, "Shop.class"));
        harness.Run();
        harness.AddUnrelatedSource();
        Assert.Equal("BERT2002", Assert.Single(harness.Run().Diagnostics).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bertmanifest 99\n")]
    [InlineData("bertmanifest 1\nname x\n")]
    [InlineData("bertmanifest 2\nname x\n")]
    [InlineData("bertmanifest 3\nname x\n")]
    [InlineData("bertmanifest 3\nkind tokenizer\nname x\n")]
    [InlineData("bertmanifest 3\nkind poem\nname x\n")]
    public void A_manifest_of_another_kind_is_an_error(string text)
    {
        var harness = new GeneratorHarness(new Model("obj/bert/x.bertmanifest", text, "Shop.X"));
        Assert.Equal("BERT2001", Assert.Single(harness.Run().Diagnostics).Id);
    }

    [Fact]
    public void A_manifest_whose_sizes_do_not_fit_is_an_error()
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm with { FileBytes = 4096 }, "Shop.X"));
        Diagnostic problem = Assert.Single(harness.Run().Diagnostics);
        Assert.Equal("BERT2001", problem.Id);
        Assert.Contains("file-bytes", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_of_the_item_points_at_the_project_and_quotes_its_author()
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, "Shop.Model", weights: "Cloud") with
        {
            Project = "/projects/a;b #1/Shop.csproj", Line = 12, Item = "BertModel Include=\"models/a;b\" Class=\"Shop.Model\"",
        });
        Diagnostic problem = Assert.Single(harness.Run().Diagnostics);
        Assert.Equal("/projects/a;b #1/Shop.csproj", problem.Location.GetLineSpan().Path);
        Assert.Equal(11, problem.Location.GetLineSpan().StartLinePosition.Line); // from 0
        Assert.StartsWith("BertModel Include=\"models/a;b\" Class=\"Shop.Model\": Weights=\"Cloud\": ", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_of_the_manifest_points_at_the_manifest()
    {
        var harness = new GeneratorHarness(new Model("obj/bert/x.bertmanifest", "bertmanifest 99\n", "Shop.X") { Project = "Shop.csproj", Item = "BertModel Include=\"x\"" });
        Assert.Equal("obj/bert/x.bertmanifest", Assert.Single(harness.Run().Diagnostics).Location.GetLineSpan().Path);
    }

    [Theory]
    [InlineData("internal", Accessibility.Internal)]
    [InlineData(" Internal ", Accessibility.Internal)]
    [InlineData("public", Accessibility.Public)]
    [InlineData("", Accessibility.Public)]
    public void Access_decides_who_sees_the_class(string access, Accessibility expected)
    {
        var harness = new GeneratorHarness(
            Model.Of(SampleManifests.Classifier, "Shop.Rating") with { Access = access },
            Model.Of(SampleTokenizers.Bert, "Shop.Words") with { Access = access });
        Compilation compilation = harness.Compile();
        Assert.Equal(expected, compilation.GetTypeByMetadataName("Shop.Rating")!.DeclaredAccessibility);
        Assert.Equal(expected, compilation.GetTypeByMetadataName("Shop.Words")!.DeclaredAccessibility);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void An_unknown_access_is_an_error()
    {
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, "Shop.Model") with { Access = "private" });
        Assert.Equal("BERT2004", Assert.Single(harness.Run().Diagnostics).Id);
    }

    [Fact]
    public void Every_diagnostic_has_a_help_link_made_from_its_id()
    {
        Assert.NotEmpty(Diagnostics.Descriptors);
        foreach (DiagnosticDescriptor descriptor in Diagnostics.Descriptors)
        {
            ProblemKind kind = ProblemKinds.All.Single(k => k.Id == descriptor.Id);
            Assert.Equal(kind.Title, descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Diagnostic diagnostic = Diagnostics.Create(new Problem(kind, Severity.Error, "", 0, 0, "x"), "https://example.org/bert");
            Assert.Equal($"https://example.org/bert/{kind.Id}.md", diagnostic.Descriptor.HelpLinkUri);
        }

        // What a build says is what a run of the generator uses.
        var harness = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, "Shop.class"));
        Assert.Equal("file:///packages/bert%20compiler/diagnostics/BERT2002.md", Assert.Single(harness.Run().Diagnostics).Descriptor.HelpLinkUri);
    }

    [Fact]
    public void Without_the_runtime_there_is_one_error()
    {
        var harness = new GeneratorHarness(
            LanguageVersion.Latest, References.Where(r => Path.GetFileName(r.Display) != "BertCompiler.Runtime.dll"), Model.Of(SampleManifests.MiniLm, "Shop.A"), Model.Of(SampleManifests.TwoPoolings, "Shop.B"));
        Assert.Equal("BERT2006", Assert.Single(harness.Run().Diagnostics).Id);
    }

    [Theory]
    [InlineData("9.9.9.0", true)]
    [InlineData("", false)]
    public void A_runtime_of_another_version_is_one_error(string version, bool wrong)
    {
        string own = typeof(ProblemKinds).Assembly.GetName().Version!.ToString();
        CSharpCompilation runtime = CSharpCompilation.Create(
            "BertCompiler.Runtime",
            [CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{(version.Length == 0 ? own : version)}\")]", cancellationToken: default)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var harness = new GeneratorHarness(
            LanguageVersion.Latest,
            [.. References.Where(r => Path.GetFileName(r.Display) != "BertCompiler.Runtime.dll"), runtime.ToMetadataReference()],
            Model.Of(SampleManifests.MiniLm, "Shop.A"));
        Diagnostic[] problems = [.. harness.Run().Diagnostics];
        Assert.Equal(wrong ? ["BERT2005"] : [], problems.Select(p => p.Id));
        if (wrong) Assert.Contains("9.9.9", problems[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_with_a_model_says_which_compiler_wrote_its_code()
    {
        Compilation with = new GeneratorHarness(Model.Of(SampleManifests.MiniLm, "Shop.A"), Model.Of(SampleManifests.TwoPoolings, "Shop.B")).Compile();
        AttributeData attribute = Assert.Single(with.Assembly.GetAttributes(), a => a.AttributeClass!.Name == "AssemblyMetadataAttribute");
        Assert.Equal([RuntimeHandshake.MetadataKey, RuntimeHandshake.Version.ToString()], attribute.ConstructorArguments.Select(a => (string)a.Value!));
        Assert.Empty(new GeneratorHarness().Compile().Assembly.GetAttributes());
    }

    [Fact]
    public void A_sentence_encoder_without_a_tokenizer_is_generated_with_a_warning()
    {
        Manifest manifest = SampleManifests.MiniLm;
        Assert.NotNull(manifest.Spec.Sentence);
        var without = new GeneratorHarness(Model.Of(manifest with { Spec = manifest.Spec with { Tokenizer = null }, FileBytes = manifest.FileBytes - manifest.TokenizerBytes, TokenizerBytes = 0 }, "Shop.A"));
        GeneratorRunResult result = without.Run();
        Diagnostic problem = Assert.Single(result.Diagnostics);
        Assert.Equal(("BERT2007", DiagnosticSeverity.Warning), (problem.Id, problem.Severity));
        Assert.Contains(result.GeneratedSources, s => s.HintName == "Shop.A.g.cs");
        Assert.Empty(new GeneratorHarness(Model.Of(manifest, "Shop.A")).Run().Diagnostics);
    }

    [Fact]
    public void Two_models_of_one_class_are_an_error()
    {
        var harness = new GeneratorHarness(
            Model.Of(SampleManifests.MiniLm, "Shop.Model"),
            Model.Of(SampleManifests.TwoPoolings, "Shop.Model") with { Path = "obj/bert/second.bertmanifest" });
        GeneratorRunResult result = harness.Run();
        Assert.Null(result.Exception);
        Assert.Equal("BERT2003", Assert.Single(result.Diagnostics).Id);
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);
}
