namespace BertCompiler.Core.Spec;

/// <summary>x / max(‖x‖, 10⁻¹²).</summary>
public sealed record NormalizeModule : SentenceModule;
