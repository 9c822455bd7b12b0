namespace BertCompiler.Core.Plan;

/// <summary>Intermediate results that a compiled model can hand out. A model compiled without one carries no code for it.</summary>
[Flags]
public enum Taps
{
    /// <summary>Only the model's own results.</summary>
    None = 0,

    /// <summary>Hidden states behind the embeddings and behind each layer.</summary>
    Hidden = 1,

    /// <summary>Attention probabilities of each layer and head.</summary>
    Attention = 2,
}
