using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A compiled multiple choice model: a prompt and several continuations → the likeliest (Devlin et al. 2019, §4.4).</summary>
/// <inheritdoc/>
public abstract class MultipleChoiceModel : HeadModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MultipleChoiceModel(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>Pairs the prompt with each choice; softmax over the choices' logits.</summary>
    /// <param name="prompt">The first text of each pair.</param>
    /// <param name="choices">The second texts, one at least; they may be empty.</param>
    /// <param name="truncation">What to do with a pair that is too long.</param>
    /// <param name="maxTokens">The most tokens of a pair, special tokens included; null: what the model reads.</param>
    /// <param name="progress">Told of choices that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">No choice, or a null choice.</exception>
    /// <exception cref="TruncationException">A pair is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public ChoiceResult Choose(
        string prompt, IReadOnlyList<string> choices, Truncation truncation = Truncation.Right, int? maxTokens = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count == 0) throw new ArgumentException("there is no choice: one at least is needed", nameof(choices));
        var logits = new float[choices.Count];
        bool truncated = false;
        RunEach(
            choices.Count,
            (i, batch) =>
            {
                string choice = choices[i] ?? throw new ArgumentException($"choice {i} is null", nameof(choices));
                var encoding = EncodeCut(prompt, choice, truncation, nameof(choices), maxTokens);
                truncated |= encoding.IsTruncated;
                Add(batch, encoding);
            },
            (item, row) => logits[item] = row[0],
            new(progress, cancellationToken));
        return new ChoiceResult(logits, choices, truncated);
    }
}
