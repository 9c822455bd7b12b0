namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>Edits that know how a format nests.</summary>
internal interface IFuzzGrammar
{
    /// <summary>A changed copy; null where the input cannot be taken apart.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another one, that parts may come from.</param>
    /// <param name="random">Chance.</param>
    byte[]? Mutate(byte[] input, byte[] other, Random random);
}
