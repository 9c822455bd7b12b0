using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>Finds the groups of inputs in a safetensors file and checks their types and shapes.</summary>
internal sealed class InputGroupReader(SafeTensorsFile file, ModelSpec spec)
{
    /// <summary>All groups, in the order of the file. Tensors that are no inputs are passed over.</summary>
    /// <exception cref="CommandException">There is no group, or one does not fit the model.</exception>
    public IReadOnlyList<InputGroup> Read()
    {
        foreach (TensorInfo tensor in file.Tensors) RequireIds(tensor.Name);
        InputGroup[] groups = [.. file.Tensors.Where(t => IsOf(t.Name, InputGroup.IdsSuffix)).Select(Read)];
        return groups.Length > 0 ? groups : throw Fault("no tensor is called NAME.input_ids: there is nothing to run");
    }

    private static bool IsOf(string name, string suffix) => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal);

    private void RequireIds(string name)
    {
        foreach (string suffix in (ReadOnlySpan<string>)[InputGroup.MaskSuffix, InputGroup.TypesSuffix, InputGroup.TasksSuffix])
        {
            if (!IsOf(name, suffix)) continue;
            string ids = name[..^suffix.Length] + InputGroup.IdsSuffix;
            if (file.Find(ids) is null) throw Fault($"'{name}' is there, '{ids}' is missing");
        }
    }

    private InputGroup Read(TensorInfo ids)
    {
        bool choices = spec.Head.Kind == HeadKind.MultipleChoice;
        RequireInt64(ids);
        if (ids.Shape.Count != (choices ? 3 : 2))
        {
            string expected = choices ? "[B,C,T]: a multiple-choice model reads C texts for each answer" : "[B,T]";
            throw Fault($"'{ids.Name}' has the shape {ids.ShapeText}; expected {expected}");
        }

        long tokens = ids.Shape[ids.Shape.Count - 1];
        if (spec.Embedding.Positions == 0 && tokens > ConfigLimits.Positions) throw Fault($"'{ids.Name}' {ids.ShapeText} has rows of {tokens} tokens; {ConfigLimits.Positions} are the most");
        if (spec.Embedding.Positions > 0 && tokens > spec.Embedding.Positions) throw Fault($"'{ids.Name}' {ids.ShapeText} has rows of {tokens} tokens; the model has {spec.Embedding.Positions} positions");
        string name = ids.Name[..^InputGroup.IdsSuffix.Length];
        return new InputGroup
        {
            Name = name,
            Ids = ids,
            Mask = Find(name + InputGroup.MaskSuffix, ids),
            Types = Find(name + InputGroup.TypesSuffix, ids),
            Tasks = Find(name + InputGroup.TasksSuffix, ids),
            Tokens = (int)tokens,
            Sequences = ids.Shape.Take(ids.Shape.Count - 1).Aggregate(1L, (product, d) => product * d),
            Choices = choices ? ids.Shape[1] : null,
        };
    }

    private TensorInfo? Find(string name, TensorInfo ids)
    {
        if (file.Find(name) is not { } tensor) return null;
        RequireInt64(tensor);
        return tensor.Shape == ids.Shape ? tensor : throw Fault($"'{name}' has the shape {tensor.ShapeText}; expected {ids.ShapeText}, that of '{ids.Name}'");
    }

    private void RequireInt64(TensorInfo tensor)
    {
        if (tensor.Dtype != TensorDtype.I64) throw Fault($"'{tensor.Name}' holds {TensorDtypes.NameOf(tensor.Dtype)}; expected I64");
    }

    private CommandException Fault(string message) => new($"{file.FilePath}: {message}");
}
