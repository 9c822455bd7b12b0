using System.Collections.Immutable;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BertCompiler.Compiler.Tests.Generating;

/// <summary>Runs the generator as the compiler does: manifests as additional files, metadata as analyzer options.</summary>
internal sealed class GeneratorHarness
{
    private static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    private readonly Dictionary<string, AdditionalText> _texts;
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public GeneratorHarness(params Model[] models)
        : this(LanguageVersion.Latest, _references, models)
    {
    }

    public GeneratorHarness(LanguageVersion language, IEnumerable<MetadataReference> references, params Model[] models)
    {
        var parse = new CSharpParseOptions(language);
        _compilation = CSharpCompilation.Create(
            "User",
            [CSharpSyntaxTree.ParseText("class User { }", parse, cancellationToken: default)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _texts = models.ToDictionary(m => m.Path, m => (AdditionalText)new Text(m.Path, m.Manifest), StringComparer.Ordinal);
        _driver = CSharpGeneratorDriver.Create(
            [new BertModelGenerator().AsSourceGenerator()],
            _texts.Values,
            parse,
            new Options(models),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
    }

    /// <summary>Where the build says that the pages of the ids are.</summary>
    public const string HelpFolder = "/packages/bert compiler/diagnostics/";

    /// <summary>What the compiler of this test sees: .NET and the runtime.</summary>
    public static IReadOnlyList<MetadataReference> References => _references;

    /// <summary>A model of a build.</summary>
    public sealed record Model(string Path, string Manifest, string ClassName, string Taps = "", string Weights = "")
    {
        public string Access { get; init; } = "";

        public string Item { get; init; } = "";

        public string Project { get; init; } = "";

        public int Line { get; init; }

        public static Model Of(Manifest manifest, string className, string taps = "", string weights = "") =>
            new($"obj/bert/{className}.bertmanifest", ManifestText.Write(manifest), className, taps, weights);

        public static Model Of(TokenizerSpec tokenizer, string className, string weights = "") =>
            new($"obj/bert/{className}.bertmanifest", TokenizerManifestText.Write(SampleTokenizers.Of(tokenizer)), className, "", weights);
    }

    public GeneratorRunResult Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        return Assert.Single(_driver.GetRunResult().Results);
    }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Compile()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation result, out _);
        return result;
    }

    public void AddUnrelatedSource() => _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { }", cancellationToken: default));

    public void Replace(Model old, Model next)
    {
        AdditionalText added = new Text(next.Path, next.Manifest);
        _driver = _driver.ReplaceAdditionalText(_texts[old.Path], added);
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, System.Text.Encoding.UTF8);

        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Options(IEnumerable<Model> models) : AnalyzerConfigOptionsProvider
    {
        private readonly Dictionary<string, Model> _models = models.ToDictionary(m => m.Path, StringComparer.Ordinal);

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new() { ["build_property.BertHelpFolder"] = HelpFolder });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => !_models.TryGetValue(textFile.Path, out Model? model) ? GlobalOptions : new Values(new()
        {
            ["build_metadata.AdditionalFiles.BertClass"] = model.ClassName,
            ["build_metadata.AdditionalFiles.BertTaps"] = model.Taps,
            ["build_metadata.AdditionalFiles.BertWeights"] = model.Weights,
            ["build_metadata.AdditionalFiles.BertAccess"] = model.Access,
            ["build_metadata.AdditionalFiles.BertItem"] = Uri.EscapeDataString(model.Item),
            ["build_metadata.AdditionalFiles.BertProject"] = Uri.EscapeDataString(model.Project),
            ["build_metadata.AdditionalFiles.BertProjectLine"] = model.Line.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
