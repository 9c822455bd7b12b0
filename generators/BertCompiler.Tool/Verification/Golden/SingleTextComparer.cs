using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>Runs a model on the ids of one text and compares what the reference file holds of it.</summary>
internal sealed class SingleTextComparer(EncoderModel model, SafeTensorsFile expected)
{
    /// <summary>Suffix of hidden states, [L+1,T,H].</summary>
    public const string Hidden = ".hidden";

    /// <summary>Suffix of attention probabilities, [L,A,T,T].</summary>
    public const string Attention = ".attention";

    /// <summary>Suffix of logits, [T,…].</summary>
    public const string Logits = ".logits";

    /// <summary>Compares the tensors NAME.hidden, NAME.attention and NAME.logits that are there.</summary>
    /// <param name="name">NAME.</param>
    /// <param name="ids">The text's ids, [T].</param>
    /// <param name="required">Suffixes of those that must be there.</param>
    /// <exception cref="InvalidDataException">One of them is missing, or a tensor has another number of elements than the model's result.</exception>
    public IReadOnlyList<TensorComparison> Compare(string name, int[] ids, params ReadOnlySpan<string> required)
    {
        var batch = new TokenBatch();
        batch.Add(ids);
        var outputs = new CapturedOutputs();
        model.Run(batch, outputs);
        int hidden = ids.Length * model.Facts.Hidden;
        int square = ids.Length * ids.Length;
        int layer = model.Facts.Heads * square;
        var comparisons = new List<TensorComparison>();
        if (Wanted(Hidden, required)) comparisons.Add(Check(name + Hidden, (model.Facts.Layers + 1) * hidden, i => outputs[FormattableString.Invariant($"hidden_states.{i / hidden}")][i % hidden]));
        if (Wanted(Attention, required)) comparisons.Add(Check(name + Attention, model.Facts.Layers * layer, i => outputs.AttentionOf(i / layer, 0, i % layer / square)[i % square]));
        if (Wanted(Logits, required)) comparisons.Add(Check(name + Logits, outputs["logits"].Length, i => outputs["logits"][i]));
        return comparisons;

        bool Wanted(string suffix, ReadOnlySpan<string> needed) => needed.Contains(suffix) || expected.Find(name + suffix) is not null;
    }

    private TensorComparison Check(string name, int elements, Func<int, float> actual)
    {
        TensorInfo tensor = expected.Find(name) ?? throw new InvalidDataException($"{expected.FilePath}: '{name}' is missing");
        if (tensor.Elements != elements) throw new InvalidDataException($"{expected.FilePath}: '{name}' has {tensor.Elements} numbers; the model gives {elements}");
        var own = new float[elements];
        for (int i = 0; i < elements; i++) own[i] = actual(i);
        return TensorComparer.Compare(name, expected.ReadSingles(tensor), own, CaseVerifier.Tolerance);
    }
}
