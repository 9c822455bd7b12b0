namespace BertCompiler.Tool.Importers.Formats;

/// <summary>One format of checkpoints: how its files are found, known and opened. A new format is a new implementation in <see cref="CheckpointFormats"/>.</summary>
internal interface ICheckpointFormat
{
    /// <summary>What people call it, <c>safetensors</c>.</summary>
    string Name { get; }

    /// <summary>The file of this format that a model folder means, relative to the folder; null: there is none.</summary>
    /// <param name="folder">The folder; nothing in it is opened.</param>
    /// <param name="notes">Receives what a person may like to know about the choice.</param>
    string? Find(string folder, ICollection<string> notes);

    /// <summary>Whether a file that somebody names is of this format.</summary>
    /// <param name="fileName">The file's name.</param>
    /// <param name="beginning">Its first bytes, up to 64.</param>
    bool Matches(string fileName, ReadOnlySpan<byte> beginning);

    /// <summary>Opens a checkpoint and checks it, up to the numbers themselves. The names are Hugging Face's.</summary>
    /// <param name="source">The file; owned by the result, or closed if there is none.</param>
    /// <param name="context">What the reader may use and where it reports.</param>
    /// <exception cref="ImportException">Not sound.</exception>
    ICheckpoint Open(ByteSource source, CheckpointContext context);
}
