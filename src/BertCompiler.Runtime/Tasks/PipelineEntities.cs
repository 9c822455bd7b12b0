using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// Tokens → entities exactly as Hugging Face's token classification pipeline (transformers 5.23, <c>pipelines/token_classification.py</c>).
/// Only <c>B-</c> and <c>I-</c> are prefixes there; <see cref="WordEntities"/> reads labels as they are meant.
/// </summary>
internal sealed class PipelineEntities(IReadOnlyList<string> labels, TagAggregation aggregation, IReadOnlyCollection<string> ignored)
{
    /// <summary>The entities of all windows of a text.</summary>
    public IReadOnlyList<EntitySpan> Decode(IReadOnlyList<TaggedWindow> windows)
    {
        var all = new List<EntitySpan>();
        foreach (TaggedWindow window in windows)
        {
            foreach (EntitySpan entity in Decode(window))
            {
                if (!ignored.Contains(entity.Kind)) all.Add(entity);
            }
        }

        return windows.Count > 1 ? WithoutOverlaps(all) : all;
    }

    private List<EntitySpan> Decode(TaggedWindow window)
    {
        var pieces = new List<EntitySpan>();
        var probabilities = new double[labels.Count];
        for (int i = 0; i < window.Tokens.Length;)
        {
            int end = i + 1;
            if (window.Tokens[i].Kind == TokenKind.Text)
            {
                if (aggregation is not (TagAggregation.None or TagAggregation.Simple)) end = EndOfWord(window, i);
                Distribution(window, i, end, probabilities);
                pieces.Add(Entity(window, i, end, probabilities));
            }

            i = end;
        }

        return aggregation == TagAggregation.None ? pieces : Grouped(pieces);
    }

    /// <summary>Template tokens are no part of any word; the first token of a text begins one, whatever it looks like.</summary>
    private static int EndOfWord(TaggedWindow window, int start)
    {
        int end = start + 1;
        while (end < window.Tokens.Length && window.Tokens[end].Kind == TokenKind.Text && window.Continues[end]) end++;
        return end;
    }

    private void Distribution(TaggedWindow window, int start, int end, double[] probabilities)
    {
        RealMath.Softmax(Row(window, start), probabilities);
        if (end == start + 1 || aggregation == TagAggregation.First) return;
        var own = new double[labels.Count];
        double surest = probabilities[Scores.Best<double>(probabilities)];
        for (int i = start + 1; i < end; i++)
        {
            RealMath.Softmax(Row(window, i), own);
            double best = own[Scores.Best<double>(own)];
            if (aggregation == TagAggregation.Average)
            {
                for (int k = 0; k < own.Length; k++) probabilities[k] += own[k];
            }
            else if (best > surest)
            {
                surest = best;
                own.CopyTo(probabilities, 0);
            }
        }

        if (aggregation != TagAggregation.Average) return;
        for (int k = 0; k < probabilities.Length; k++) probabilities[k] /= end - start;
    }

    private ReadOnlySpan<float> Row(TaggedWindow window, int token) => window.Logits.AsSpan(token * labels.Count, labels.Count);

    private EntitySpan Entity(TaggedWindow window, int start, int end, double[] probabilities)
    {
        int label = Scores.Best<double>(probabilities);
        Token first = window.Tokens[start];
        Token last = window.Tokens[end - 1];
        return new EntitySpan(label, labels[label], probabilities[label], new(first.Span.Start, last.Span.End), new(first.CodePoints.Start, last.CodePoints.End), start, first.Word, last.Word);
    }

    private static List<EntitySpan> Grouped(List<EntitySpan> pieces)
    {
        var groups = new List<EntitySpan>();
        for (int start = 0; start < pieces.Count;)
        {
            int end = start + 1;
            double sum = pieces[start].Score;
            while (end < pieces.Count && !Begins(pieces[end].Kind) && Tag(pieces[end].Kind).SequenceEqual(Tag(pieces[end - 1].Kind))) sum += pieces[end++].Score;
            EntitySpan first = pieces[start];
            EntitySpan last = pieces[end - 1];
            groups.Add(first with
            {
                Kind = first.Kind[(first.Kind.IndexOf('-') + 1)..],
                Score = sum / (end - start),
                Span = new(first.Span.Start, last.Span.End),
                CodePoints = new(first.CodePoints.Start, last.CodePoints.End),
                LastWord = last.LastWord,
            });
            start = end;
        }

        return groups;
    }

    private static bool Begins(string label) => label.StartsWith("B-", StringComparison.Ordinal);

    private static ReadOnlySpan<char> Tag(string label) => Begins(label) || label.StartsWith("I-", StringComparison.Ordinal) ? label.AsSpan(2) : label;

    /// <summary>Of two entities that overlap the longer stays, of equally long ones the surer.</summary>
    private static List<EntitySpan> WithoutOverlaps(List<EntitySpan> entities)
    {
        var kept = new List<EntitySpan>();
        foreach (EntitySpan entity in entities.OrderBy(e => e.CodePoints.Start))
        {
            bool overlaps = kept.Count > 0 && entity.CodePoints.Start < kept[^1].CodePoints.End;
            if (!overlaps) kept.Add(entity);
            else if (Length(entity) > Length(kept[^1]) || (Length(entity) == Length(kept[^1]) && entity.Score > kept[^1].Score)) kept[^1] = entity;
        }

        return kept;
    }

    private static int Length(EntitySpan entity) => entity.CodePoints.End - entity.CodePoints.Start;
}
