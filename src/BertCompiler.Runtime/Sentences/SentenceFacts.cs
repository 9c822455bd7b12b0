namespace BertCompiler;

/// <summary>What a sentence-transformers folder says beyond its modules (<c>config_sentence_transformers.json</c>, the pooling's <c>include_prompt</c>).</summary>
public sealed record SentenceFacts
{
    /// <summary>Numbers that the last module gives; <see cref="ModelFacts.Dimension"/> is less where the folder cuts embeddings.</summary>
    public required int FullDimension { get; init; }

    /// <summary>Named prompts, in the folder's order. <c>query</c> and <c>document</c> exist in every model: where they are not listed, they are empty.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    /// <summary>Name of the prompt that is put before a text where a call says nothing; null: none.</summary>
    public string? DefaultPromptName { get; init; }

    /// <summary>Whether a prompt's tokens take part in pooling.</summary>
    public bool IncludePrompt { get; init; } = true;

    /// <summary>How the model's embeddings are compared.</summary>
    public SimilarityFunction Similarity { get; init; }

    /// <summary>The prompt of that name; null: there is none.</summary>
    internal string? Find(string name)
    {
        // By index: the enumerator of an interface would be allocated, and a call allocates nothing.
        for (int i = 0; i < Prompts.Count; i++)
        {
            if (string.Equals(Prompts[i].Name, name, StringComparison.Ordinal)) return Prompts[i].Text;
        }

        return name is EmbedOptions.QueryName or EmbedOptions.DocumentName ? "" : null;
    }

    /// <summary>What an embedding call puts before each text: the prompt that is given, else the one that is named, else the default one.</summary>
    /// <exception cref="ArgumentException">There is no prompt of that name.</exception>
    internal string PromptFor(EmbedOptions options)
    {
        if (options.Prompt is { } prompt) return prompt;
        if ((options.PromptName ?? DefaultPromptName) is not { } name) return "";
        return Find(name) ?? throw new ArgumentException($"there is no prompt '{name}': the model has {string.Join(", ", Prompts.Select(p => $"'{p.Name}'").DefaultIfEmpty("none"))}", nameof(options));
    }

    /// <summary>For people: <c>384 numbers, compared by Cosine, 2 prompts: query: "Represent …", …</c>.</summary>
    public override string ToString() => $"{Printed.Count(FullDimension, "number")}, compared by {Similarity}, {Printed.Count(Prompts.Count, "prompt")}{(Prompts.Count > 0 ? ": " : "")}{Printed.First(Prompts)}";
}
