namespace BertCompiler.Core.Spec;

/// <summary>f(W·x + b), with x or a projection of x added where there is a residual.</summary>
/// <param name="Inputs">Length of x.</param>
/// <param name="Outputs">Length of the result.</param>
/// <param name="HasBias">Whether there is a b.</param>
/// <param name="Activation">f.</param>
/// <param name="Residual">What is added behind f.</param>
public sealed record DenseModule(int Inputs, int Outputs, bool HasBias, Activation Activation, DenseResidual Residual) : SentenceModule;
