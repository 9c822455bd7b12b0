using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>
/// Opens the files of the modules behind a pooling and holds them against a plan, as <see cref="TensorResolver"/> does for the model itself:
/// every tensor there, with the exact shape and a float type.
/// </summary>
internal sealed class ModuleResolver(IReadOnlyList<string> folders, CheckpointContext context, ICollection<string> notes)
{
    private readonly ProblemList _problems = context.Problems;

    /// <summary>Binds the modules' tensors; gives the files that were opened, which the caller disposes of.</summary>
    /// <param name="plan">The layout.</param>
    /// <param name="bindings">Takes what was found.</param>
    /// <param name="opened">Takes every file as soon as it is open.</param>
    /// <exception cref="ImportException">A module has no weights, or none that are sound.</exception>
    public void Resolve(PackingPlan plan, TensorBindings bindings, ICollection<ICheckpoint> opened)
    {
        foreach (IGrouping<int, TensorRecipe> module in plan.Shared.Where(t => ModuleOf(t) is not null).GroupBy(t => ModuleOf(t)!.Value))
        {
            string folder = folders[module.Key];
            ICheckpoint checkpoint = CheckpointOpener.Open(folder, null, context, notes);
            opened.Add(checkpoint);
            Dictionary<string, TensorInfo> byName = checkpoint.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
            foreach (TensorRecipe tensor in module)
            {
                SourceTensor source = tensor.Sources[0];
                if (!byName.Remove(source.Name, out TensorInfo? found)) _problems.Error(ProblemKinds.TensorMissing, folder, $"'{source.Name}' [{string.Join(", ", source.Shape)}] is missing; the module's config.json asks for it");
                else if (Check(source, found, folder)) bindings.Add(tensor, 0, [found]);
            }

            if (byName.Count > 0) _problems.Warning(ProblemKinds.TensorExtra, byName.Values.First().File, $"the module has no place for {string.Join(", ", byName.Keys.Take(10).Order(StringComparer.Ordinal).Select(n => $"'{n}'"))}: left out");
        }
    }

    /// <summary>The module whose file a packed tensor comes from; null: it comes from the model's own, or from none.</summary>
    public static int? ModuleOf(TensorRecipe tensor) => tensor.Sources is [{ Module: { } module }] ? module : null;

    private bool Check(SourceTensor source, TensorInfo found, string folder)
    {
        bool fits = found.Shape.SequenceEqual(source.Shape.Select(d => (long)d));
        if (!fits) _problems.Error(ProblemKinds.TensorShape, found.File, $"'{found.Name}' has shape {found.ShapeText}; expected [{string.Join(", ", source.Shape)}], from {Path.Combine(Path.GetFileName(folder), "config.json")}");
        if (TensorDtypes.IsWeight(found.Dtype)) return fits;
        _problems.Error(ProblemKinds.TensorDtype, found.File, $"'{found.Name}' holds {TensorDtypes.NameOf(found.Dtype)}; weights must be {TensorDtypes.WeightNames}");
        return false;
    }
}
