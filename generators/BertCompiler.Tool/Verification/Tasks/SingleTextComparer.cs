using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>NAME.hidden</c> [L+1,T,H], <c>NAME.attention</c> [L,A,T,T] and <c>NAME.logits</c> [T,…] of one text.</summary>
internal sealed class SingleTextComparer(EncoderModel model, SafeTensorsFile expected, string name, int[] ids)
{
    public IEnumerable<TensorComparison> Compare()
    {
        var batch = new TokenBatch();
        batch.Add(ids);
        var outputs = new CapturedOutputs();
        model.Run(batch, outputs);
        int hidden = ids.Length * model.Facts.Hidden;
        int square = ids.Length * ids.Length;
        int layer = model.Facts.Heads * square;
        yield return Check(".hidden", i => outputs[$"hidden_states.{i / hidden}"][i % hidden]);
        yield return Check(".attention", i => outputs.AttentionOf(i / layer, 0, i % layer / square)[i % square]);
        if (expected.Find(name + ".logits") is not null) yield return Check(".logits", i => outputs["logits"][i]);
    }

    private TensorComparison Check(string ending, Func<int, float> actual)
    {
        TensorInfo tensor = expected.Find(name + ending) ?? throw new InvalidDataException($"{expected.FilePath}: '{name}{ending}' is missing");
        float[] values = expected.ReadSingles(tensor);
        var own = new float[values.Length];
        for (int i = 0; i < own.Length; i++) own[i] = actual(i);
        return TensorComparer.Compare(name + ending, values, own, TaskVerifier.Tolerance);
    }
}
