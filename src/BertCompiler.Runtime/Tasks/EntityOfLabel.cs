using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>A stretch of text with one of the model's own labels.</summary>
/// <typeparam name="TLabel">The labels; the value of each is the number of its logit.</typeparam>
public sealed class Entity<TLabel> : Entity
    where TLabel : struct, Enum
{
    internal Entity(in EntitySpan entity, string text, string label) : base(entity, text, label)
    {
    }

    /// <summary>The label that it begins with.</summary>
    public TLabel Label => EnumLabel<TLabel>.Of(LabelIndex);
}
