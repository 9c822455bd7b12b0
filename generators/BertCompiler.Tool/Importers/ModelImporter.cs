using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Tool.Packing;

namespace BertCompiler.Tool.Importers;

/// <summary>Model folder → manifest and packed weights. Everything in the folder is hostile until checked.</summary>
internal static class ModelImporter
{
    /// <summary>Reads what a folder holds, without its numbers. Never throws for what the folder holds.</summary>
    public static ModelInspection Inspect(string folder, ImportOptions? options = null)
    {
        using OpenedModel model = OpenedModel.Open(folder, (options ?? ImportOptions.Default) with { ReadsNumbers = false });
        return new ModelInspection
        {
            Spec = model.Spec,
            Weights = model.Plan?.Layout,
            Parameters = model.Plan is { } plan ? CountParameters(plan) : 0,
            PackedBytes = model.Plan is { } p ? p.Layout.End + model.TokenizerSection.Length : 0,
            SourceBytes = model.Bindings?.All.Distinct().Sum(t => t.Bytes) ?? 0,
            SourceDtype = SourceDtype(model),
            Problems = model.Problems.Items,
            Notes = model.Notes,
        };
    }

    /// <summary>
    /// Imports a folder: <c>NAME.bertw</c>, then <c>NAME.bertmanifest</c>, the latter only where its text differs. Each file appears whole or
    /// not at all. Never throws for what the folder holds.
    /// </summary>
    /// <exception cref="IOException">The target cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The target cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing new was left.</exception>
    public static ImportResult Import(string folder, ImportTarget target, ImportOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using OpenedModel model = OpenedModel.Open(folder, (options ?? ImportOptions.Default) with { Opening = progress, Cancellation = cancellation });
        Manifest? manifest = null;
        if (model is { IsSound: true, Spec: { } spec, Plan: { } plan, Checkpoint: { } checkpoint, Bindings: { } bindings })
        {
            Directory.CreateDirectory(target.Folder);
            ImportGuard.Run(folder, model.Problems, pack, passes: e => e is IOException or UnauthorizedAccessException);

            void pack()
            {
                PackResult packed = new Packer(checkpoint, bindings, progress, cancellation).Pack(plan, model.TokenizerSection.Span, target.WeightsPath);
                foreach (TensorInfo tensor in packed.NotFinite)
                {
                    model.Problems.Warning(ProblemKinds.WeightsNotFinite, tensor.File, $"'{tensor.Name}' holds NaN or infinity: results will too");
                }

                manifest = CreateManifest(model, spec, plan, packed.ContentHash, packed.FileBytes);
                ImportWriter.WriteIfDifferent(target.ManifestPath, ManifestText.Write(manifest));
            }
        }

        return new ImportResult(manifest, model.Problems.Items, model.Notes);
    }

    /// <summary>Imports a folder as far as an editor needs it: the manifest alone, whose content hash is zeros; no weight is read.</summary>
    /// <inheritdoc cref="Import" path="/exception"/>
    public static ImportResult ImportManifest(string folder, ImportTarget target, ImportOptions? options = null)
    {
        using OpenedModel model = OpenedModel.Open(folder, (options ?? ImportOptions.Default) with { ReadsNumbers = false });
        Manifest? manifest = null;
        if (model is { IsSound: true, Spec: { } spec, Plan: { } plan })
        {
            Directory.CreateDirectory(target.Folder);
            manifest = CreateManifest(model, spec, plan, new string('0', 64), plan.Layout.End + model.TokenizerSection.Length);
            ImportWriter.WriteIfDifferent(target.ManifestPath, ManifestText.Write(manifest));
        }

        return new ImportResult(manifest, model.Problems.Items, model.Notes);
    }

    private static Manifest CreateManifest(OpenedModel model, ModelSpec spec, PackingPlan plan, string contentHash, long fileBytes) => new()
    {
        Spec = spec,
        Weights = plan.Layout,
        ContentHash = contentHash,
        FileBytes = fileBytes,
        TokenizerBytes = model.TokenizerSection.Length,
        Parameters = CountParameters(plan),
        SourceDtype = SourceDtype(model),
    };

    private static long CountParameters(PackingPlan plan) => plan.Shared.Sum(Count) + plan.LayerTensors.Sum(t => Count(t.Recipe));

    /// <summary>Numbers that the checkpoint gives.</summary>
    private static long Count(TensorRecipe recipe) => recipe.Sources.Sum(s => (s.RowCount == 0 ? s.Shape[0] : s.RowCount) * s.Shape.Skip(1).Aggregate(1L, (product, d) => product * d));

    private static string SourceDtype(OpenedModel model) =>
        model.Bindings is null ? "" : string.Join("+", model.Bindings.All.Select(t => TensorDtypes.ShortNameOf(t.Dtype)).Distinct().Order(StringComparer.Ordinal));
}
