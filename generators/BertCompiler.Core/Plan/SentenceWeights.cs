using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tensors of the modules after a pooling, each from its module's own file.</summary>
internal static class SentenceWeights
{
    public static IEnumerable<TensorRecipe> Tensors(SentenceSpec sentence) => sentence.Modules.SelectMany((module, index) => module switch
    {
        DenseModule dense => Dense(dense, index),
        LayerNormModule norm => Norm(norm, index),
        _ => [],
    });

    /// <summary>Name of a module's tensor: <c>Dense1</c>, <c>Dense1Bias</c>, <c>Norm2Scale</c>; counted from 1 after the pooling.</summary>
    public static string Name(string stem, int module, string part = "") => FormattableString.Invariant($"{stem}{module + 1}{part}");

    private static IEnumerable<TensorRecipe> Dense(DenseModule dense, int module)
    {
        yield return Packed.Matrix(Name("Dense", module), "linear", dense.Inputs, dense.Outputs).OfModule(module);
        yield return Packed.Bias(Name("Dense", module, "Bias"), "linear", dense.Outputs, dense.HasBias).OfModule(module);
        if (dense.Residual != DenseResidual.Projected) yield break;
        yield return Packed.Matrix(Name("Dense", module, "Residual"), "residual", dense.Inputs, dense.Outputs).OfModule(module);
        yield return Packed.Zeros(Name("Dense", module, "ResidualBias"), dense.Outputs);
    }

    private static IEnumerable<TensorRecipe> Norm(LayerNormModule norm, int module) =>
    [
        Packed.Scale(Name("Norm", module, "Scale"), "norm", norm.Width).OfModule(module),
        Packed.Shift(Name("Norm", module, "Shift"), "norm", norm.Width).OfModule(module),
    ];
}
