namespace BertCompiler.Core.Spec;

/// <summary>What is added to an embedding for its place.</summary>
public enum PositionTable
{
    /// <summary>A learned row, or sine waves that the checkpoint holds.</summary>
    Stored,

    /// <summary>Sine waves that the checkpoint leaves out: sin and cos of p/10000^(2⌊j/2⌋/E) in even and odd columns j.</summary>
    Sinusoidal,

    /// <summary>Nothing: attention knows the distances.</summary>
    None,
}
