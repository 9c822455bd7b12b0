namespace BertCompiler.Tokenization;

/// <summary>
/// What one tokenizer does to text, as its tokenizer.json says: generated for each model. Between the steps here stand the parts that all
/// tokenizers have: added tokens are found before and behind <see cref="Normalize"/>, the model cuts the words, a template goes round.
/// </summary>
/// <remarks>Safe for several threads at once: a pipeline has no state, the texts that it works on belong to the call.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TokenizerPipeline
{
    /// <summary>Takes the packed tables and the model over them.</summary>
    protected TokenizerPipeline(TokenizerTables tables, TokenModel model)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(model);
        Tables = tables;
        Model = model;
    }

    /// <summary>Where a long text may be cut.</summary>
    protected internal virtual TextPause Pause => TextPause.Nowhere;

    /// <summary>Whether ids hang on where in the original a piece stands (<see cref="PrependScheme.First"/>).</summary>
    protected internal virtual bool NeedsPlaces => false;

    /// <summary>The packed tables.</summary>
    protected internal TokenizerTables Tables { get; }

    /// <summary>Cuts words into pieces of the vocabulary.</summary>
    protected internal TokenModel Model { get; }

    /// <summary>Brings a text into the normal form; without steps it stays as it is.</summary>
    protected internal virtual void Normalize(NormalizedText text)
    {
    }

    /// <summary>Splits a text into words; without steps it is one.</summary>
    protected internal virtual void Split(SplitText text)
    {
    }

    /// <summary>From the texts of tokens back to text; without steps they are joined by spaces.</summary>
    protected internal virtual void Decode(TokenTexts tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        tokens.JoinBySpaces();
    }
}
