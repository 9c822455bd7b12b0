using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>
/// Holds a checkpoint against a plan: every source tensor must be there once, with the exact shape and a float type. All faults are
/// reported, not only the first: one problem a kind, which lists its tensors.
/// </summary>
internal sealed class TensorResolver(ModelConfig config, ModelSpec spec, TensorNames names, string configFile, string weightsFile, ProblemList problems)
{
    private readonly Dictionary<ProblemKind, TensorFaults> _faults = [];
    private readonly TensorBindings _bindings = new();
    private readonly LikelyCause _cause = new(config, names);
    private readonly HashSet<long> _labelCounts = [];

    /// <summary>Packed tensors that have a row for each label.</summary>
    private readonly HashSet<string> _byLabel = [.. LoadableClasses.ByLabel(config.Rule)];

    private bool _lacksMoreThanHead;

    /// <summary>The head that a person asked for; null: nobody did.</summary>
    public string? Asked { get; init; }

    /// <summary>Binds every packed tensor to its sources; what cannot be bound is a problem, and the bindings are then not complete.</summary>
    public TensorBindings Resolve(PackingPlan plan)
    {
        foreach (TensorRecipe recipe in plan.Shared.Where(t => ModuleResolver.ModuleOf(t) is null)) Bind(recipe, 0);
        foreach ((TensorRecipe recipe, int set) in plan.LayerTensors) Bind(recipe, set);
        foreach ((ProblemKind kind, TensorFaults faults) in _faults)
        {
            if (kind == ProblemKinds.TensorMissing) ReportMissing(faults);
            else problems.Error(kind, faults.File, faults.Message + Because(kind == ProblemKinds.TensorShape ? _cause.OfShapes() : null));
        }

        return _bindings;
    }

    /// <summary>Where the encoder is whole, the file may hold another head: which ones, is what a person wants to know.</summary>
    private void ReportMissing(TensorFaults faults)
    {
        if (_lacksMoreThanHead || spec.Head.Kind == HeadKind.None)
        {
            problems.Error(ProblemKinds.TensorMissing, faults.File, faults.Message + Because(_cause.OfMissing()));
            return;
        }

        string others = string.Join(", ", LoadableClasses.Of(config, spec, names));
        if (Asked is null) problems.Error(ProblemKinds.TensorMissing, faults.File, $"{faults.Message}. The file has what {others} need: Head names one of them, or 'embedding'");
        else problems.Error(ProblemKinds.HeadTensorsMissing, faults.File, $"the head {Asked} is asked for, and its tensors are not all there: {faults.Message}. The file has what {others} need");
    }

    private static string Because(string? cause) => cause is null ? "" : $". The likely cause: {cause}";

    private void Bind(TensorRecipe tensor, int layer)
    {
        var sources = new List<TensorInfo>(tensor.Sources.Count);
        foreach (SourceTensor source in tensor.Sources)
        {
            if (Find(tensor, source, layer) is not { } found) continue;
            Check(tensor, source, found);
            sources.Add(found);
        }

        if (sources.Count == tensor.Sources.Count) _bindings.Add(tensor, layer, [.. sources]);
    }

    private TensorInfo? Find(TensorRecipe tensor, SourceTensor source, int layer)
    {
        List<TensorInfo> claimants = names.Claimants(source, layer);
        if (claimants.Count > 1)
        {
            Report(ProblemKinds.TensorAmbiguous, claimants[0].File, $"{string.Join(" and ", claimants.Select(c => $"'{c.Name}'"))} are names of the same tensor; only one of them may be there");
            return null;
        }

        TensorInfo? found = claimants.FirstOrDefault() ?? names.StandIn(source, layer);
        if (found is null)
        {
            _cause.AddMissing(source, layer);
            _lacksMoreThanHead |= !LoadableClasses.IsOfHead(tensor);
            Report(ProblemKinds.TensorMissing, weightsFile, $"'{names.Expected(source, layer)}' [{string.Join(", ", source.Shape)}] is missing; {spec.Architecture} needs it");
        }

        return found;
    }

    private void Check(TensorRecipe tensor, SourceTensor source, TensorInfo found)
    {
        if (!TensorDtypes.IsWeight(found.Dtype))
        {
            Report(ProblemKinds.TensorDtype, found.File, $"'{found.Name}' holds {TensorDtypes.NameOf(found.Dtype)}; weights must be {TensorDtypes.WeightNames}");
        }

        if (found.Shape.SequenceEqual(source.Shape.Select(d => (long)d))) return;
        if (IsOfOtherLabels(tensor, source, found))
        {
            ReportLabels(found);
            return;
        }

        _cause.AddShape(tensor, source, found);
        Report(ProblemKinds.TensorShape, found.File, $"'{found.Name}' has shape {found.ShapeText}; expected [{string.Join(", ", source.Shape)}], from {ShapeFields.Of(tensor.Name, config.Family.Config)} in {Path.GetFileName(configFile)}");
    }

    /// <summary>Whether the shape is right but for the number of labels.</summary>
    private bool IsOfOtherLabels(TensorRecipe tensor, SourceTensor source, TensorInfo found) =>
        _byLabel.Contains(tensor.Name) && found.Shape.Count == source.Shape.Count && found.Shape.Skip(1).SequenceEqual(source.Shape.Skip(1).Select(d => (long)d));

    /// <summary>Matrix and bias with the same number are one fault, of config.json; each other number is one more.</summary>
    private void ReportLabels(TensorInfo found)
    {
        if (!_labelCounts.Add(found.Shape[0])) return;
        string stated = config.LabelsLine > 0 ? $"'id2label' gives {spec.Head.Labels.Count} labels" : $"without 'id2label' there are {spec.Head.Labels.Count} labels";
        problems.Error(ProblemKinds.ConfigInconsistent, configFile, $"{stated}, and '{found.Name}' has shape {found.ShapeText}", config.LabelsLine);
    }

    private void Report(ProblemKind kind, string file, string message)
    {
        if (!_faults.TryGetValue(kind, out TensorFaults? faults)) _faults.Add(kind, faults = new TensorFaults(file));
        faults.Add(message);
    }
}
