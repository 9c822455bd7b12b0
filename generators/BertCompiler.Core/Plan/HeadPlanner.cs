using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans what follows the last layer in the model itself: the pooler and the head.</summary>
internal static class HeadPlanner
{
    private const string Hidden = ForwardPlanner.Hidden;

    public static IEnumerable<Block> Blocks(ModelSpec spec, List<BufferSpec> buffers)
    {
        var blocks = new List<Block>();
        if (spec.HasPooler) blocks.Add(Pooler(spec, buffers));
        switch (spec.Head.Kind)
        {
            case HeadKind.SequenceClassification:
            case HeadKind.MultipleChoice:
            case HeadKind.NextSentencePrediction:
                string stem = spec.Head.Kind == HeadKind.NextSentencePrediction ? "NextSentence" : "Classifier";
                blocks.Add(OfPooled(stem, "logits", LabelCount(spec), buffers));
                break;
            case HeadKind.TokenClassification:
                buffers.Add(new("logits", RowAxis.Tokens, spec.Head.Labels.Count));
                blocks.Add(new("ClassifyTokens", new([new LinearOp(Hidden, "Classifier", "ClassifierBias", Finish.None, "logits") { Purpose = "A score for each label of each token" }]), new([new Output("logits", "logits")])));
                break;
            case HeadKind.QuestionAnswering:
                buffers.Add(new("span", RowAxis.Tokens, 2));
                blocks.Add(new(
                    "ScoreSpans",
                    new([new LinearOp(Hidden, "Span", "SpanBias", Finish.None, "span") { Purpose = "How well each token begins (column 0) and ends (column 1) the answer" }]),
                    new([new Output("start_logits", "span", 0), new Output("end_logits", "span", 1)])));
                break;
            case HeadKind.MaskedLanguageModel:
                blocks.Add(MaskedLanguageModel(spec, "logits", buffers));
                break;
            case HeadKind.PreTraining:
                blocks.Add(MaskedLanguageModel(spec, "prediction_logits", buffers));
                blocks.Add(OfPooled("NextSentence", "seq_relationship_logits", 2, buffers));
                break;
        }

        return blocks;
    }

    private static int LabelCount(ModelSpec spec) => spec.Head.Kind switch
    {
        HeadKind.SequenceClassification => spec.Head.Labels.Count,
        HeadKind.NextSentencePrediction => 2,
        _ => 1,
    };

    /// <summary>tanh(W·h₀ + b) of the first token's hidden state (Devlin et al. 2019; <c>BertPooler</c>).</summary>
    private static Block Pooler(ModelSpec spec, List<BufferSpec> buffers)
    {
        buffers.Add(new("first", RowAxis.Sequences, spec.Hidden));
        buffers.Add(new("pooled", RowAxis.Sequences, spec.Hidden));
        return new Block(
            "Pool",
            new([
                new FirstTokenOp(Hidden, "first") { Purpose = "The first token stands for the whole text" },
                new LinearOp("first", "Pooler", "PoolerBias", new() { Activation = Activation.Tanh }, "pooled") { Purpose = "The pooler" }]),
            ForwardPlanner.HandsOutEncoder(spec) ? new([new Output("pooler_output", "pooled")]) : default);
    }

    private static Block OfPooled(string stem, string output, int columns, List<BufferSpec> buffers)
    {
        string buffer = char.ToLowerInvariant(stem[0]) + stem[1..];
        buffers.Add(new(buffer, RowAxis.Sequences, columns));
        return new Block("Score" + stem, new([new LinearOp("pooled", stem, stem + "Bias", Finish.None, buffer) { Purpose = "The scores" }]), new([new Output(output, buffer)]));
    }

    /// <summary>Dense, activation, LayerNorm, then a score for each word of the vocabulary (<c>BertLMPredictionHead</c>).</summary>
    private static Block MaskedLanguageModel(ModelSpec spec, string output, List<BufferSpec> buffers)
    {
        buffers.Add(new("transform", RowAxis.Tokens, spec.Hidden));
        buffers.Add(new("words", RowAxis.Tokens, spec.Embedding.Vocabulary));
        return new Block(
            "PredictWords",
            new([
                new LinearOp(Hidden, "Transform", "TransformBias", new() { Activation = spec.Head.Activation }, "transform") { Purpose = "The transform of the masked language model" },
                new LayerNormOp("transform", "TransformNormScale", "TransformNormShift", spec.Layer.Epsilon, "transform") { Purpose = "Normalised once more" },
                new LinearOp("transform", "Decoder", "DecoderBias", Finish.None, "words") { Purpose = "A score for every word of the vocabulary" }]),
            new([new Output(output, "words")]));
    }
}
