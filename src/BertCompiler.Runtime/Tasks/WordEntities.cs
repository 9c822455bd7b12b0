using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// Words → entities, with labels read as they are meant. A word is a run of tokens with the same number from the pre-tokenizer; its label is
/// the best of its first token. Where the pre-tokenizer cuts at white space alone, punctuation can be set apart as all others do.
/// </summary>
internal sealed class WordEntities(IReadOnlyList<string> labels)
{
    private readonly LabelScheme _scheme = new(labels);

    /// <summary>Each word by itself, with its full label.</summary>
    /// <param name="rows">Tokens and their logits.</param>
    /// <param name="text">The text, where tokens of punctuation are to be words of their own; null: they are not.</param>
    public IReadOnlyList<EntitySpan> Words(MergedRows rows, string? text = null)
    {
        var words = new List<EntitySpan>();
        var probabilities = new double[labels.Count];
        Token[] tokens = rows.Tokens;
        for (int start = 0; start < tokens.Length;)
        {
            int end = start + 1;
            while (end < tokens.Length && tokens[end].Word == tokens[start].Word && !IsApart(tokens[end - 1], text) && !IsApart(tokens[end], text)) end++;
            RealMath.Softmax(rows[start], probabilities);
            int label = Scores.Best<double>(probabilities);
            Token first = tokens[start];
            Token last = tokens[end - 1];
            words.Add(new(label, labels[label], probabilities[label], new(first.Span.Start, last.Span.End), new(first.CodePoints.Start, last.CodePoints.End), start, first.Word, first.Word));
            start = end;
        }

        return words;
    }

    /// <summary>The entities of a text.</summary>
    /// <param name="rows">Tokens and their logits.</param>
    /// <param name="ignored">Kinds that are left out.</param>
    /// <param name="text">The text.</param>
    /// <param name="setApart">Whether tokens of punctuation are words of their own.</param>
    public IReadOnlyList<EntitySpan> Entities(MergedRows rows, IReadOnlyCollection<string> ignored, string text, bool setApart)
    {
        IReadOnlyList<EntitySpan> words = Words(rows, setApart ? text : null);
        var entities = new List<EntitySpan>();
        for (int start = 0; start < words.Count;)
        {
            int end = start + 1;
            double sum = words[start].Score;
            while (end < words.Count && Continues(words[end - 1].Label, words[end].Label)) sum += words[end++].Score;
            EntitySpan first = words[start];
            EntitySpan last = words[end - 1];
            string kind = _scheme.Kind(first.Label);
            if (!ignored.Contains(kind))
            {
                entities.Add(first with
                {
                    Kind = kind,
                    Score = sum / (end - start),
                    Span = new(first.Span.Start, BehindAccents(text, last.Span.End)),
                    LastWord = last.LastWord,
                });
            }

            start = end;
        }

        return entities;
    }

    private static bool IsApart(Token token, string? text)
    {
        if (text is null || token.Span.Start == token.Span.End) return false;
        for (int i = token.Span.Start; i < token.Span.End;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            if ((UnicodeTables.FlagsOf(codePoint) & CodePointFlags.Punctuation) == 0) return false;
            i += UnicodeTables.UnitsOf(codePoint);
        }

        return true;
    }

    /// <summary>Accents that follow a letter as characters of their own belong to it, though a tokenizer that strips them ends before.</summary>
    private static int BehindAccents(string text, int end)
    {
        while (end < text.Length && (UnicodeTables.FlagsOf(UnicodeTables.CodePointAt(text, end)) & CodePointFlags.Accent) != 0) end += UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(text, end));
        return end;
    }

    /// <summary>An entity goes on while the word before has not ended it, this one does not begin one, and both are of one kind.</summary>
    private bool Continues(int before, int label) =>
        _scheme.Prefix(before) is not (LabelPrefix.Last or LabelPrefix.Single)
        && _scheme.Prefix(label) is not (LabelPrefix.Begin or LabelPrefix.Single)
        && string.Equals(_scheme.Kind(before), _scheme.Kind(label), StringComparison.Ordinal);
}
