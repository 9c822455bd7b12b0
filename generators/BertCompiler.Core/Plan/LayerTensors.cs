using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tensors of one layer, in the order in which they lie.</summary>
internal static class LayerTensors
{
    public static IEnumerable<TensorRecipe> Of(ModelSpec spec, LayerSpec layer, Family names, PackingOptions options) =>
        [.. Attention(spec, layer, names, options), .. FeedForward(spec, layer, names), .. Convolution(spec, layer, names)];

    /// <summary>Scale and shift of a norm.</summary>
    public static IEnumerable<TensorRecipe> Norm(string name, string stem, NormKind kind, int width)
    {
        yield return Packed.Scale(name + "Scale", stem, width);
        if (kind != NormKind.RmsNorm) yield return Packed.Shift(name + "Shift", stem, width, exists: kind == NormKind.LayerNorm);
    }

    private static IEnumerable<TensorRecipe> Attention(ModelSpec spec, LayerSpec layer, Family names, PackingOptions options)
    {
        int h = spec.Hidden;
        int fold = ScaleFolding.Exponent(layer, options);
        (TensorStem, int)[] parts = QueryKeyValue(layer, names);
        yield return Packed.Matrix("QueryKeyValue", h, parts).Scaled(layer.AttentionWidth, fold);
        yield return Packed.Bias("QueryKeyValueBias", parts, layer.HasAttentionBias).Scaled(layer.AttentionWidth, fold);
        if (layer.Relative is RelativePositions.Key or RelativePositions.KeyQuery)
        {
            yield return Packed.Matrix("Distances", names.DistanceTable!, layer.HeadSize, (2 * spec.Embedding.Positions) - 1);
        }

        if (layer.Disentangled is { } disentangled)
        {
            if (disentangled.ContentToPosition) yield return Distances("PositionKeys", spec, layer, disentangled, names, disentangled.SharesProjections ? names.QueryKeyValue[1].Name : names.PositionKeys!);
            if (disentangled.PositionToContent) yield return Distances("PositionQueries", spec, layer, disentangled, names, disentangled.SharesProjections ? names.QueryKeyValue[0].Name : names.PositionQueries!);
        }

        yield return Packed.Matrix("AttentionOutput", names.AttentionOutput, layer.AttentionWidth, h);
        yield return Packed.Bias("AttentionOutputBias", names.AttentionOutput, h, layer.HasAttentionOutputBias);
        if (!layer.NormalizesAttentionInput) yield break;
        foreach (TensorRecipe tensor in Norm("AttentionNorm", names.AttentionNorm, layer.Norm, h)) yield return tensor;
    }

    private static IEnumerable<TensorRecipe> FeedForward(ModelSpec spec, LayerSpec layer, Family names)
    {
        int h = spec.Hidden;
        int f = layer.FeedForward;
        (TensorStem, int)[] parts = [.. names.Intermediate.Select(stem => (stem, f))];
        TensorRecipe weight = Packed.Matrix("Intermediate", h, parts);
        TensorRecipe bias = Packed.Bias("IntermediateBias", parts, layer.HasIntermediateBias);
        yield return layer.IsGated ? weight.Interleaved() : weight;
        yield return layer.IsGated ? bias.Interleaved() : bias;
        yield return Packed.Matrix("Output", names.Output, f, h);
        yield return Packed.Bias("OutputBias", names.Output, h, layer.HasOutputBias);
        foreach (TensorRecipe tensor in Norm("OutputNorm", names.OutputNorm, layer.Norm, h)) yield return tensor;
    }

    private static IEnumerable<TensorRecipe> Convolution(ModelSpec spec, LayerSpec layer, Family names)
    {
        if (layer.Convolution is not { } convolution) yield break;
        int h = spec.Hidden;
        var weight = Packed.Source(names.Convolution + ".weight", h, h / convolution.Groups, convolution.Width);
        yield return Packed.Of("Convolution", PackedLayout.Matrix, convolution.Width * h, h, new UnfoldedConvolution(weight, convolution.Width, convolution.Groups));
        yield return Packed.Bias("ConvolutionBias", names.Convolution!, h);
        foreach (TensorRecipe tensor in Norm("ConvolutionNorm", names.ConvolutionNorm!, layer.Norm, h)) yield return tensor;
    }

    private static (TensorStem, int)[] QueryKeyValue(LayerSpec layer, Family names)
    {
        if (names.QueryKeyValue.Count == 1) return [(names.QueryKeyValue[0], layer.QueryKeyValueWidth)];
        int keys = layer.KeyHeads * layer.HeadSize;
        return [(names.QueryKeyValue[0], layer.AttentionWidth), (names.QueryKeyValue[1], keys), (names.QueryKeyValue[2], keys)];
    }

    private static TensorRecipe Distances(string name, ModelSpec spec, LayerSpec layer, DisentangledSpec disentangled, Family names, string projection)
    {
        int h = spec.Hidden;
        int rows = 2 * disentangled.Span;
        SourceTensor? norm(string ending) => disentangled.NormalizesTable ? Packed.Source(names.DistanceNorm + ending, h) : null;
        return Packed.Table(name, rows, layer.AttentionWidth, new ProjectedTable(
            Packed.Source(names.SharedDistances + ".weight", rows, h),
            Packed.Source(projection + ".weight", layer.AttentionWidth, h),
            Packed.Source(projection + ".bias", layer.AttentionWidth),
            norm(".weight"),
            norm(".bias"),
            layer.Epsilon));
    }
}
