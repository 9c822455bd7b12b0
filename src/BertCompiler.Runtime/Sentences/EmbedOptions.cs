namespace BertCompiler;

/// <summary>
/// What an embedding call may ask for; sentence-transformers' <c>encode</c>. Nothing that is left out costs anything: an instance can serve
/// any number of calls.
/// </summary>
public sealed record EmbedOptions
{
    internal const string QueryName = "query";
    internal const string DocumentName = "document";

    /// <summary>Nothing: the model's default prompt, its full length, no further normalisation.</summary>
    public static EmbedOptions Default { get; } = new();

    /// <summary>The text is a question or search: the prompt <c>query</c>, or none where the model has no such; never the default one. <c>encode_query</c>.</summary>
    public static EmbedOptions Query { get; } = new() { PromptName = QueryName };

    /// <summary>The text is something to be found: the prompt <c>document</c>, or none where the model has no such; never the default one. <c>encode_document</c>.</summary>
    public static EmbedOptions Document { get; } = new() { PromptName = DocumentName };

    /// <summary>Put before the text as it stands, blanks included; empty: nothing is, not even the default prompt; null: see <see cref="PromptName"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>Name of one of the model's prompts, which is put before the text; null: the model's default prompt.</summary>
    public string? PromptName { get; init; }

    /// <summary>
    /// Keeps this many numbers from the front of each embedding (Kusupati et al. 2022), at most as many as the model gives; null: as the folder
    /// says. Not normalised anew.
    /// </summary>
    public int? Dimensions { get; init; }

    /// <summary>Divides each embedding by its length, behind everything else.</summary>
    public bool Normalize { get; init; }

    /// <summary>What to do with a text that, with its prompt, is too long.</summary>
    public Truncation Truncation { get; init; }
}
