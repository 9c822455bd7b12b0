namespace BertCompiler.Core.Emit;

/// <summary>Everything that decides the text of a generated class.</summary>
/// <remarks>Structurally equal, like the specs it holds: an equal request gives the same bytes.</remarks>
public abstract record SourceRequest
{
    /// <summary>Namespace of the class; empty: none.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the class.</summary>
    public required string ClassName { get; init; }

    /// <summary>Who sees the class.</summary>
    public ClassAccess Access { get; init; }

    /// <summary><see cref="Access"/> as C# writes it.</summary>
    public string AccessWord => Access == ClassAccess.Internal ? "internal" : "public";

    /// <summary>Where the class finds its packed file.</summary>
    public required WeightsPlace Weights { get; init; }

    /// <summary>Namespace and class in one.</summary>
    public string FullName => Namespace.Length == 0 ? ClassName : Namespace + "." + ClassName;
}
