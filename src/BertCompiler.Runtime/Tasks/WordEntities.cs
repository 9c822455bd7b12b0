using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// Words → entities, with labels read as they are meant. A word is a run of tokens with the same number from the pre-tokenizer; its label is
/// the best of its first token. Where the pre-tokenizer cuts at white space alone, punctuation can be set apart as all others do.
/// </summary>
/// <param name="labels">The labels' texts.</param>
/// <param name="tokens">The text's tokens, [N].</param>
/// <param name="rows">Their logits.</param>
internal sealed class WordEntities(IReadOnlyList<string> labels, Token[] tokens, MergedRows rows)
{
    private readonly LabelScheme _scheme = new(labels);

    /// <summary>Each word by itself, with its full label.</summary>
    /// <param name="text">The text, where tokens of punctuation are to be words of their own; null: they are not.</param>
    public IEnumerable<EntitySpan> Words(string? text = null)
    {
        var probabilities = new double[labels.Count];
        for (int start = 0; start < tokens.Length;)
        {
            int end = start + 1;
            while (end < tokens.Length && tokens[end].Word == tokens[start].Word && !IsApart(tokens[end - 1], text) && !IsApart(tokens[end], text)) end++;
            RealMath.Softmax(rows[start], probabilities);
            int label = Scores.Best<double>(probabilities);
            Token first = tokens[start];
            Token last = tokens[end - 1];
            yield return new(label, labels[label], probabilities[label], new(first.Span.Start, last.Span.End), new(first.CodePoints.Start, last.CodePoints.End), start, first.Word, first.Word);
            start = end;
        }
    }

    /// <summary>The entities of a text.</summary>
    /// <param name="ignored">Kinds that are left out.</param>
    /// <param name="text">The text.</param>
    /// <param name="setApart">Whether tokens of punctuation are words of their own.</param>
    public IReadOnlyList<EntitySpan> Entities(IReadOnlyCollection<string> ignored, string text, bool setApart)
    {
        var entities = new List<EntitySpan>();
        EntitySpan open = default;
        int words = 0;
        int before = -1;
        foreach (EntitySpan word in Words(setApart ? text : null))
        {
            bool continues = words > 0 && Continues(before, word.Label);
            if (!continues) Close();
            words++;
            before = word.Label;
            open = continues ? open with { Score = open.Score + word.Score, Span = new(open.Span.Start, word.Span.End), LastWord = word.LastWord } : word;
        }

        Close();
        return entities;

        void Close()
        {
            if (words > 0 && _scheme.Kind(open.Label) is var kind && !ignored.Contains(kind))
            {
                entities.Add(open with { Kind = kind, Score = open.Score / words, Span = new(open.Span.Start, BehindAccents(text, open.Span.End)) });
            }

            words = 0;
        }
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
