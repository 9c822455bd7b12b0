using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// What an import leaves for the compiler where a project wants a tokenizer and no model. Its text form is
/// <see cref="TokenizerManifestText"/>.
/// </summary>
public sealed record TokenizerManifest
{
    /// <summary>What people call it: the last part of the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required TokenizerSpec Tokenizer { get; init; }

    /// <summary>SHA-256 of the packed file behind its header, 64 lower-case hexadecimal digits.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Bytes of the tokenizer section, which follows the packed file's header at once.</summary>
    public required long TokenizerBytes { get; init; }

    /// <summary>Bytes of the packed file.</summary>
    public long FileBytes => HeaderBytes + TokenizerBytes;

    /// <summary>Bytes of the header page of every packed file.</summary>
    public const int HeaderBytes = 4096;
}
