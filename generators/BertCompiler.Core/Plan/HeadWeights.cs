using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tensors that a head adds behind the layers.</summary>
internal static class HeadWeights
{
    public static IEnumerable<PackedTensor> Tensors(ModelSpec spec, Family family)
    {
        if (spec.HasPooler)
        {
            yield return Packed.Matrix("Pooler", family.Pooler, spec.Hidden, spec.Hidden);
            yield return Packed.Bias("PoolerBias", family.Pooler, spec.Hidden);
        }

        foreach (PackedTensor tensor in Tensors(spec.Head, spec, family)) yield return tensor.OfHead();
    }

    private static IEnumerable<PackedTensor> Tensors(HeadSpec head, ModelSpec spec, Family family) => head.Kind switch
    {
        HeadKind.SequenceClassification or HeadKind.TokenClassification => Linear("Classifier", "classifier", spec.Hidden, head.Labels.Count),
        HeadKind.MultipleChoice => Linear("Classifier", "classifier", spec.Hidden, 1),
        HeadKind.QuestionAnswering => Linear("Span", "qa_outputs", spec.Hidden, 2),
        HeadKind.NextSentencePrediction => Linear("NextSentence", "cls.seq_relationship", spec.Hidden, 2),
        HeadKind.MaskedLanguageModel => MaskedLanguageModel(spec, family),
        HeadKind.PreTraining => MaskedLanguageModel(spec, family).Concat(Linear("NextSentence", "cls.seq_relationship", spec.Hidden, 2)),
        _ => [],
    };

    private static IEnumerable<PackedTensor> Linear(string name, string stem, int inputs, int outputs) =>
        [Packed.Matrix(name, stem, inputs, outputs), Packed.Bias(name + "Bias", stem, outputs)];

    /// <summary>
    /// The decoder is the word table where the file ties them (it then lacks the decoder); its bias goes by two names, of which
    /// <c>decoder.bias</c> counts if both are there (transformers 5.23).
    /// </summary>
    private static IEnumerable<PackedTensor> MaskedLanguageModel(ModelSpec spec, Family family)
    {
        const string transform = "cls.predictions.transform";
        const string decoder = "cls.predictions.decoder";
        yield return Packed.Matrix("Transform", transform + ".dense", spec.Hidden, spec.Hidden);
        yield return Packed.Bias("TransformBias", transform + ".dense", spec.Hidden);
        yield return Packed.Scale("TransformNormScale", transform + ".LayerNorm", spec.Hidden);
        yield return Packed.Shift("TransformNormShift", transform + ".LayerNorm", spec.Hidden);
        yield return WithFallback(Packed.Matrix("Decoder", decoder, spec.Hidden, spec.Embedding.Vocabulary), family.WordTable + ".weight");
        yield return WithFallback(Packed.Bias("DecoderBias", decoder, spec.Embedding.Vocabulary), "cls.predictions.bias");
    }

    private static PackedTensor WithFallback(PackedTensor tensor, string name) =>
        tensor with { Sources = new(tensor.Sources.Select(s => s with { Fallbacks = new([name]) })) };
}
