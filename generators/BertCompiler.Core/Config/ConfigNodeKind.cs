namespace BertCompiler.Core.Config;

/// <summary>What a JSON value is.</summary>
public enum ConfigNodeKind
{
    /// <summary>null.</summary>
    Null,

    /// <summary>true.</summary>
    True,

    /// <summary>false.</summary>
    False,

    /// <summary>A number, kept as it is written.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>Named values; every name once.</summary>
    Map,
}
