using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static BertCompiler.Compiler.Tests.Generating.GeneratorHarness;

namespace BertCompiler.Compiler.Tests.Generating;

/// <summary>Generated code is C# 12: what the error BERT3007 promises.</summary>
public sealed class LanguageVersionTests
{
    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    public void Every_sample_compiles(LanguageVersion language)
    {
        var harness = new GeneratorHarness(
            language,
            References,
            Model.Of(SampleManifests.MiniLm, "Shop.MiniLm", taps: "hidden;attention"),
            Model.Of(SampleManifests.TwoPoolings, "Shop.Deep.Two", weights: "Embedded"),
            Model.Of(SampleManifests.AllModules, "Shop.AllModules"),
            Model.Of(SampleManifests.Classifier, "Rating"),
            Model.Of(SampleManifests.PreTraining, "Shop.PreTraining"),
            Model.Of(SampleManifests.MPNet, "Shop.Tagger"),
            Model.Of(SampleManifests.Electra, "Shop.Electra"),
            Model.Of(SampleTokenizers.Bert, "Shop.Words.Bert"),
            Model.Of(SampleTokenizers.Roberta, "Shop.Words.Roberta"),
            Model.Of(SampleTokenizers.XlmRoberta, "Shop.Words.Xlm"),
            Model.Of(SampleTokenizers.Plain, "Shop.Words.Plain", weights: "Embedded"),
            Model.Of(SampleTokenizers.Everything, "Shop.Words.Everything"));
        Diagnostic[] problems = [.. harness.Compile().GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(10).Select(d => d.ToString())));
    }
}
