namespace BertCompiler.Core.Spec;

/// <summary>A convolution over tokens beside a layer: its result is added to the layer's, and the sum normalised (DeBERTa-v2).</summary>
/// <param name="Width">Tokens that it sees at once; odd.</param>
/// <param name="Groups">Blocks of columns that it keeps apart.</param>
/// <param name="Activation">What follows it.</param>
public sealed record ConvolutionSpec(int Width, int Groups, Activation Activation);
