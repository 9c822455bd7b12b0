using System.Globalization;

namespace BertCompiler;

/// <summary>How a text is tagged.</summary>
public sealed record TagOptions
{
    /// <summary>How tokens become entities.</summary>
    public TagAggregation Aggregation { get; init; }

    /// <summary>Labels whose entities are left out: the full labels (<c>B-PER</c>) under <see cref="TagAggregation.None"/>, the kinds (<c>PER</c>) otherwise.</summary>
    public IReadOnlyCollection<string> IgnoreLabels { get; init; } = ["O"];

    /// <summary>The most tokens of a window, special tokens included; null: what the model reads.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether a text longer than a window is read in several; false: what is behind the first is left out, as Hugging Face's pipeline does without <c>stride</c>, unless <see cref="LoadOptions.Truncation"/> forbids it.</summary>
    public bool Windows { get; init; } = true;

    /// <summary>Tokens that neighbouring windows of a long text share; null: a quarter of a window.</summary>
    public int? Stride { get; init; }

    /// <summary>For people: the options by name, the labels that are left out written out.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(TagOptions)} {{ Aggregation = {Aggregation}, IgnoreLabels = [{Printed.First([.. IgnoreLabels.Select(Printed.Short)])}], MaxTokens = {MaxTokens}, Windows = {Windows}, Stride = {Stride} }}");
}
