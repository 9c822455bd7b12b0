using BertCompiler.Tasks;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>A compiled token classifier with the model's own labels.</summary>
/// <typeparam name="TLabel">The labels; the value of each is the number of its logit.</typeparam>
/// <inheritdoc/>
public abstract class TokenClassifier<TLabel> : TokenClassifier
    where TLabel : struct, Enum
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TokenClassifier(PackedWeights weights, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(weights, facts, head, options) => EnumLabel<TLabel>.Check();

    /// <inheritdoc cref="TokenClassifier.Tag(string, TagOptions)"/>
    public new IReadOnlyList<Entity<TLabel>> Tag(string text, TagOptions? options = null) => Typed(base.Tag(text, options));

    /// <inheritdoc cref="TokenClassifier.Tag(IReadOnlyList{string}, TagOptions, string)"/>
    public new IReadOnlyList<Entity<TLabel>> Tag(IReadOnlyList<string> words, TagOptions? options = null, string delimiter = " ") => Typed(base.Tag(words, options, delimiter));

    private protected sealed override Entity Describe(in EntitySpan entity, string text) => new Entity<TLabel>(entity, text, Head.Labels[entity.Label]);

    private static Entity<TLabel>[] Typed(IReadOnlyList<Entity> entities)
    {
        var typed = new Entity<TLabel>[entities.Count];
        for (int i = 0; i < typed.Length; i++) typed[i] = (Entity<TLabel>)entities[i];
        return typed;
    }
}
