namespace BertCompiler.Core.Config;

/// <summary>
/// The greatest sizes that are taken seriously, far above every published encoder. They are checked before anything is counted or
/// allocated: products of two of them fit 64 bits, and each fits 32.
/// </summary>
public static class ConfigLimits
{
    /// <summary>H.</summary>
    public const int Hidden = 65_536;

    /// <summary>L.</summary>
    public const int Layers = 1_024;

    /// <summary>A.</summary>
    public const int Heads = 4_096;

    /// <summary>F.</summary>
    public const int FeedForward = 262_144;

    /// <summary>V.</summary>
    public const int Vocabulary = 10_000_000;

    /// <summary>P.</summary>
    public const int Positions = 1_000_000;

    /// <summary>Rows of the token type table.</summary>
    public const int TokenTypes = 65_536;

    /// <summary>Tokens that a convolution sees at once.</summary>
    public const int Convolution = 1_024;

    /// <summary>Labels of a classifier.</summary>
    public const int Labels = 100_000;

    /// <summary>Length of an embedding or of what a module gives: six poolings of the widest hidden state.</summary>
    public const int Dimension = 6 * Hidden;

    /// <summary>Bytes of a configuration file.</summary>
    public const int FileBytes = 16 << 20;

    /// <summary>Nesting of a configuration file.</summary>
    public const int Depth = 64;
}
