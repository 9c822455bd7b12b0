using BertCompiler.Core.Weights;

namespace BertCompiler.Core.Emit;

/// <summary>The class of a tokenizer alone.</summary>
public sealed record TokenizerRequest : SourceRequest
{
    /// <summary>The imported tokenizer.</summary>
    public required TokenizerManifest Manifest { get; init; }
}
