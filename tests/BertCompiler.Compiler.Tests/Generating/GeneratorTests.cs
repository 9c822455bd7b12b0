using BertCompiler.Generator;
using Microsoft.CodeAnalysis;
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
        foreach (string step in new[] { BertModelGenerator.InputStep, BertModelGenerator.RequestStep, BertModelGenerator.EmitStep })
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
