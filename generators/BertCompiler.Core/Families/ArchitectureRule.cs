using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>One Hugging Face class of a family.</summary>
/// <param name="Architecture">Its name in <c>architectures</c>.</param>
/// <param name="Head">The head it puts on the encoder.</param>
/// <param name="Parts">What the head computes; nothing for the bare encoder.</param>
public sealed record ArchitectureRule(string Architecture, HeadKind Head, EquatableArray<HeadPart> Parts)
{
    /// <summary>A class with a head of one part.</summary>
    public ArchitectureRule(string architecture, HeadKind head, HeadPart part)
        : this(architecture, head, new EquatableArray<HeadPart>([part]))
    {
    }

    /// <summary>The bare encoder.</summary>
    public ArchitectureRule(string architecture)
        : this(architecture, HeadKind.None, default(EquatableArray<HeadPart>))
    {
    }

    /// <summary>Whether it cannot do without the tanh pooler; the bare encoder takes it if it is there.</summary>
    public bool NeedsPooler => Parts.Any(p => p.From == HeadInput.Pooler);
}
