namespace SemanticSearch.Indexing;

/// <summary>What the index needs of a model: texts become vectors of length 1, so that a dot product is a cosine.</summary>
internal interface ITextModel
{
    /// <summary>Names the model's weights: vectors of another model are of no use.</summary>
    string ContentHash { get; }

    /// <summary>Length of a vector.</summary>
    int Dimension { get; }

    /// <summary>Tokens that the model reads of one text, special tokens not counted.</summary>
    int MaxTokens { get; }

    /// <summary>Number of tokens of a text, special tokens not counted.</summary>
    int CountTokens(string text);

    /// <summary>N texts → N × Dimension numbers, row by row.</summary>
    void Embed(IReadOnlyList<string> texts, Span<float> vectors);
}
