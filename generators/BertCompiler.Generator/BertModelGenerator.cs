using BertCompiler.Core;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Request;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BertCompiler.Generator;

/// <summary>
/// Imported models and tokenizers → C#. Three steps: the build's words as plain values, requests or problems, text. Only the first sees Roslyn; each is
/// cached while what goes into it is equal.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class BertModelGenerator : IIncrementalGenerator
{
    /// <summary>Names of the steps, for tests of their caching.</summary>
    public const string InputStep = "BertInput", RequestStep = "BertRequest", EmitStep = "BertEmit";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // 1. What the build says: one manifest for each model or tokenizer, with the metadata of its item.
        IncrementalValuesProvider<ModelInput> inputs = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(".bertmanifest", StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancel) => ReadInput(pair.Left, pair.Right.GetOptions(pair.Left), cancel))
            .WithTrackingName(InputStep);

        // 2. Requests, or problems.
        IncrementalValuesProvider<RequestResult> results = inputs.Select(static (input, _) => RequestReader.Read(input)).WithTrackingName(RequestStep);
        IncrementalValueProvider<EquatableArray<string>> taken = inputs.Select(static (input, _) => input.ClassName).Collect()
            .Select(static (names, _) => new EquatableArray<string>(names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)));

        // 3. Text; problems are an output of their own.
        IncrementalValuesProvider<(string Namespace, EquatableArray<SourceFile> Files)> sources = results
            .Combine(taken)
            .Where(static pair => pair.Left.Request is { } request && !pair.Right.Contains(request.FullName))
            .Select(static (pair, _) => (pair.Left.Request!.Namespace, CSharpEmitter.Emit(pair.Left.Request)))
            .WithTrackingName(EmitStep);
        context.RegisterSourceOutput(sources, static (output, model) =>
        {
            string prefix = model.Namespace.Length == 0 ? "" : model.Namespace + ".";
            foreach (SourceFile file in model.Files) output.AddSource(prefix + file.Name, file.Text);
        });
        context.RegisterSourceOutput(results, static (output, result) =>
        {
            if (result.Problem is { } problem) output.ReportDiagnostic(Diagnostics.Create(problem));
        });
        context.RegisterSourceOutput(taken, static (output, names) =>
        {
            foreach (string name in names)
            {
                output.ReportDiagnostic(Diagnostics.Create(new Problem(ProblemKinds.ClassNameTaken, Severity.Error, "", 0, 0, $"two items have Class=\"{name}\"; each model and tokenizer needs a class of its own")));
            }
        });
    }

    private static ModelInput ReadInput(AdditionalText text, AnalyzerConfigOptions options, CancellationToken cancel)
    {
        string metadata(string name) => options.TryGetValue("build_metadata.AdditionalFiles." + name, out string? value) ? value : "";
        return new ModelInput
        {
            File = text.Path,
            Text = text.GetText(cancel)?.ToString() ?? "",
            ClassName = metadata("BertClass"),
            Taps = metadata("BertTaps"),
            Weights = metadata("BertWeights"),
        };
    }
}
