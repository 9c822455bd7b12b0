namespace BertCompiler.Tool.Commands.Running;

/// <summary>What a result of a model has one row for.</summary>
internal enum OutputAxis
{
    /// <summary>Each token.</summary>
    Tokens,

    /// <summary>Each sequence.</summary>
    Sequences,

    /// <summary>Each sequence, head and query; the columns are keys.</summary>
    Attention,
}
