using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>What an import may decide about the packed file. What it decided stands with each tensor in the manifest; nothing is decided twice.</summary>
public sealed record PackingOptions
{
    /// <summary>What the import does where nobody says otherwise.</summary>
    public static PackingOptions Default { get; } = new();

    /// <summary>What the numbers of matrices are.</summary>
    public ElementType Precision { get; init; }

    /// <summary>Whether 1/√D goes into the weights where that is exact (<see cref="ScaleFolding"/>).</summary>
    public bool FoldsScale { get; init; } = true;
}
