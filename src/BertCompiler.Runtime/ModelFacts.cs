using System.Globalization;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>What a compiled model is, for code that works with any.</summary>
public sealed record ModelFacts
{
    /// <summary>The model folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The Hugging Face class, <c>BertModel</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>H, the width of a hidden state.</summary>
    public required int Hidden { get; init; }

    /// <summary>L, the number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>A, the number of heads.</summary>
    public required int Heads { get; init; }

    /// <summary>V: ids go from 0 to V−1.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>P: positions go from 0 to P−1; 0: the model has no table of positions and takes any.</summary>
    public required int Positions { get; init; }

    /// <summary>Token type ids go from 0 to this number −1; 0: the model has none, and what is given is not looked at.</summary>
    public required int TokenTypes { get; init; }

    /// <summary>Task type ids (ERNIE 2.0) go from 0 to this number −1; 0: the model has none, and what is given is not looked at.</summary>
    public int TaskTypes { get; init; }

    /// <summary>Longest input in tokens, special tokens included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Length of an embedding; 0 where the model is no sentence embedder.</summary>
    public required int Dimension { get; init; }

    /// <summary>SHA-256 of the packed weights.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Makes the generated pipeline of the model's tokenizer over its packed tables; null: it has none.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Func<TokenizerTables, TokenizerPipeline>? Pipeline { get; init; }

    /// <summary>For people: <c>all-MiniLM-L6-v2: BertModel, 6 layers × 384, 12 heads, 30522 ids, up to 256 tokens, embeddings of 384 numbers</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Architecture}, {Printed.Count(Layers, "layer")} × {Hidden}, {Printed.Count(Heads, "head")}, {Vocabulary} ids, up to {Printed.Count(MaxTokens, "token")}{(Dimension > 0 ? $", embeddings of {Printed.Count(Dimension, "number")}" : "")}");
}
