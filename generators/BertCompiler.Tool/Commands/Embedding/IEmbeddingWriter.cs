namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>Takes embeddings in the order of their texts.</summary>
internal interface IEmbeddingWriter : IDisposable
{
    /// <summary>Takes the embedding of the next text.</summary>
    void Write(ReadOnlySpan<float> embedding, bool truncated);

    /// <summary>Hands over what was written so far, to whom it streams.</summary>
    void Flush();

    /// <summary>Says that all were written: only now a file appears.</summary>
    void Commit();
}
