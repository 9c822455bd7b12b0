using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>A compiled token classifier with the model's own labels.</summary>
/// <typeparam name="TLabel">The labels; the value of each is the number of its logit.</typeparam>
/// <inheritdoc/>
public abstract class TokenClassifier<TLabel> : TokenClassifier
    where TLabel : struct, Enum
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TokenClassifier(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options) => EnumLabel<TLabel>.Check();

    /// <inheritdoc cref="TokenClassifier.Tag(string, TagOptions, IProgress{BatchProgress}, CancellationToken)"/>
    public new IReadOnlyList<Entity<TLabel>> Tag(string text, TagOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Typed(base.Tag(text, options, progress, cancellationToken));

    /// <inheritdoc cref="TokenClassifier.Tag(IReadOnlyList{string}, TagOptions, IProgress{BatchProgress}, CancellationToken)"/>
    public new IReadOnlyList<IReadOnlyList<Entity<TLabel>>> Tag(
        IReadOnlyList<string> texts, TagOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<IReadOnlyList<Entity>> all = base.Tag(texts, options, progress, cancellationToken);
        var typed = new Entity<TLabel>[all.Count][];
        for (int i = 0; i < typed.Length; i++) typed[i] = Typed(all[i]);
        return typed;
    }

    /// <inheritdoc cref="TokenClassifier.TagEntities"/>
    public new IReadOnlyList<Entity<TLabel>> TagEntities(
        IReadOnlyList<string> words, TagOptions? options = null, string delimiter = " ", IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Typed(base.TagEntities(words, options, delimiter, progress, cancellationToken));

    private protected sealed override Entity Describe(in EntitySpan entity, string text) => new Entity<TLabel>(entity, text, Head.Labels[entity.Label]);

    private static Entity<TLabel>[] Typed(IReadOnlyList<Entity> entities)
    {
        var typed = new Entity<TLabel>[entities.Count];
        for (int i = 0; i < typed.Length; i++) typed[i] = (Entity<TLabel>)entities[i];
        return typed;
    }
}
