namespace BertCompiler.Core.Families;

/// <summary>What a class does with the pooler.</summary>
public enum PoolerUse
{
    /// <summary>It has none; one in the file is not used.</summary>
    None,

    /// <summary>It computes one where the file has it.</summary>
    IfPresent,

    /// <summary>It cannot do without.</summary>
    Required,
}
