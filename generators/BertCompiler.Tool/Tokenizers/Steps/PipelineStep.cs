namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>A step of normalising, splitting or decoding, as it is packed.</summary>
/// <param name="Kind">The number of the kind.</param>
/// <param name="Flags">What its kind says they mean.</param>
/// <param name="Text">The text.</param>
/// <param name="Other">The second text.</param>
internal sealed record PipelineStep(int Kind, uint Flags = 0, string Text = "", string Other = "")
{
    /// <summary>Alternatives that are looked for; none where that is <see cref="Text"/>.</summary>
    public IReadOnlyList<PatternItem> Pattern { get; init; } = [];

    public byte[] Data { get; init; } = [];
}
