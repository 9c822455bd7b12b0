using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>
/// <c>detail.safetensors</c>: hidden states, attention and pooler of single texts (<c>textN.*</c>), of the same texts in a padded batch
/// (<c>batch.*</c>) and of a pair (<c>pair.*</c>).
/// </summary>
internal sealed class DetailComparer(EncoderModel model, SafeTensorsFile expected, List<TensorComparison> comparisons)
{
    public void Compare(IReadOnlyList<GoldenText> texts)
    {
        foreach (int index in Read64("text_index").Select(i => (int)i)) CompareText($"text{index}", texts[index].Ids);
        if (expected.Find("batch.input_ids") is not null) CompareBatch();
        if (expected.Find("pair.input_ids") is not null) ComparePair();
    }

    private void CompareText(string name, int[] ids)
    {
        var batch = new TokenBatch();
        batch.Add(ids);
        CapturedOutputs outputs = Run(batch);
        int hidden = ids.Length * model.Facts.Hidden;
        Check(name + ".hidden", (model.Facts.Layers + 1) * hidden, i => outputs[$"hidden_states.{i / hidden}"][i % hidden]);
        Check(name + ".pooler", model.Facts.Hidden, i => outputs["pooler_output"][i]);
        int square = ids.Length * ids.Length;
        int layer = model.Facts.Heads * square;
        Check(name + ".attention", model.Facts.Layers * layer, i => outputs.AttentionOf(i / layer, 0, i % layer / square)[i % square]);
    }

    /// <summary>Only real tokens count: rows of padding mean nothing in either program.</summary>
    private void CompareBatch()
    {
        long[] ids = Read64("batch.input_ids");
        long[] mask = Read64("batch.attention_mask");
        int width = (int)expected.Find("batch.input_ids")!.Shape[1];
        int count = ids.Length / width;
        var batch = new TokenBatch();
        for (int b = 0; b < count; b++) batch.Add([.. Enumerable.Range(b * width, width).Where(i => mask[i] == 1).Select(i => (int)ids[i])]);
        CapturedOutputs outputs = Run(batch);
        int h = model.Facts.Hidden;
        int[] lengths = [.. Enumerable.Range(0, count).Select(batch.LengthOf)];
        int[] offsets = batch.Offsets.ToArray();
        Check(
            "batch.hidden",
            (model.Facts.Layers + 1) * count * width * h,
            i => outputs[$"hidden_states.{i / (count * width * h)}"][((offsets[i / (width * h) % count] + (i / h % width)) * h) + (i % h)],
            i => i / h % width < lengths[i / (width * h) % count]);
        int a = model.Facts.Heads;
        Check(
            "batch.attention",
            model.Facts.Layers * count * a * width * width,
            i => outputs.AttentionOf(i / (count * a * width * width), i / (a * width * width) % count, i / (width * width) % a)[(i / width % width * lengths[i / (a * width * width) % count]) + (i % width)],
            i => Math.Max(i / width % width, i % width) < lengths[i / (a * width * width) % count]);
        Check("batch.pooler", count * h, i => outputs["pooler_output"][i]);
    }

    private void ComparePair()
    {
        var batch = new TokenBatch();
        batch.Add([.. Read64("pair.input_ids").Select(i => (int)i)], [.. Read64("pair.token_type_ids").Select(i => (int)i)]);
        CapturedOutputs outputs = Run(batch);
        Check("pair.last_hidden", batch.TokenCount * model.Facts.Hidden, i => outputs["last_hidden_state"][i]);
        Check("pair.pooler", model.Facts.Hidden, i => outputs["pooler_output"][i]);
    }

    private CapturedOutputs Run(TokenBatch batch)
    {
        var outputs = new CapturedOutputs();
        model.Run(batch, outputs);
        return outputs;
    }

    private void Check(string name, int elements, Func<int, float> actual, Func<int, bool>? counts = null)
    {
        TensorInfo tensor = expected.Find(name) ?? throw new InvalidDataException($"{expected.FilePath}: '{name}' is missing");
        if (tensor.Elements != elements) throw new InvalidDataException($"{expected.FilePath}: '{name}' has {tensor.Elements} numbers; the model gives {elements}");
        var values = new float[elements];
        for (int i = 0; i < elements; i++) values[i] = counts is null || counts(i) ? actual(i) : 0;
        comparisons.Add(TensorComparer.Compare(name, expected.ReadSingles(tensor), values, CaseVerifier.Tolerance, counts is null ? null : i => counts((int)i)));
    }

    private long[] Read64(string name) => expected.ReadInt64s(expected.Find(name) ?? throw new InvalidDataException($"{expected.FilePath}: '{name}' is missing"));
}
