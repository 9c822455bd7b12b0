namespace BertCompiler.Core.Emit;

/// <summary>Who sees a generated class.</summary>
public enum ClassAccess
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>The assembly that it is compiled into.</summary>
    Internal,
}
