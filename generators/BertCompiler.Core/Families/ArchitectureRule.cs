using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>One Hugging Face class of a family.</summary>
/// <param name="Architecture">Its name in <c>architectures</c>.</param>
/// <param name="Head">The head it puts on the encoder.</param>
/// <param name="Pooler">Whether it uses the tanh pooler: the bare encoder takes it if it is there, a head needs it or ignores it.</param>
public sealed record ArchitectureRule(string Architecture, HeadKind Head, PoolerUse Pooler);
