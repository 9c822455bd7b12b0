using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// Start and end logits of windows → answers, exactly as transformers' question answering pipeline (4.57,
/// <c>pipelines/question_answering.py</c>). Spans of probability 0, which the pipeline may list, are left out.
/// </summary>
internal sealed class PipelineAnswers(string context, AnswerOptions options, int clsId)
{
    private readonly List<Found> _answers = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private double _impossible = double.PositiveInfinity;

    /// <summary>Takes in one window.</summary>
    /// <param name="tokens">Its tokens, [T].</param>
    /// <param name="startLogits">[T].</param>
    /// <param name="endLogits">[T].</param>
    public void Add(IReadOnlyList<Token> tokens, ReadOnlySpan<float> startLogits, ReadOnlySpan<float> endLogits)
    {
        double[] start = Probabilities(tokens, startLogits);
        double[] end = Probabilities(tokens, endLogits);
        _impossible = Math.Min(_impossible, start[0] * end[0]);
        start[0] = end[0] = 0;
        foreach ((double score, AnswerSpan span) in Best(start, end))
        {
            TextSpan place = options.AlignToWords ? WordPlace(tokens, span) : TokenPlace(tokens, span);
            Add(context[place.Start..Math.Max(place.Start, place.End)], place, score);
        }
    }

    /// <summary>The best answers of all windows, best first; of equals the one found first.</summary>
    public IReadOnlyList<Answer> Take()
    {
        IEnumerable<Found> all = options.HandleImpossible ? _answers.Append(new Found("", default, _impossible)) : _answers;
        return [.. all.OrderByDescending(a => a.Score).Take(options.Top).Select(a => new Answer(a.Text, a.Place, (float)a.Score))];
    }

    /// <summary>Softmax over what may be part of an answer, the context and every [CLS], as if all other logits were −10000.</summary>
    private double[] Probabilities(IReadOnlyList<Token> tokens, ReadOnlySpan<float> logits)
    {
        var allowed = new float[logits.Length];
        for (int i = 0; i < allowed.Length; i++) allowed[i] = tokens[i].Sequence == 1 || tokens[i].Id == clsId ? logits[i] : -10000;
        var probabilities = new double[allowed.Length];
        RealMath.Softmax(allowed, probabilities);
        return probabilities;
    }

    private IReadOnlyList<KeyValuePair<double, AnswerSpan>> Best(double[] start, double[] end)
    {
        var best = new TopList<AnswerSpan>(options.AlignToWords ? (int)Math.Min((2L * options.Top) + 10, int.MaxValue) : options.Top);
        for (int s = 0; s < start.Length; s++)
        {
            if (start[s] == 0) continue;
            int last = (int)Math.Min(end.Length, (long)s + options.MaxAnswerTokens);
            for (int e = s; e < last; e++)
            {
                double score = start[s] * end[e];
                if (score > 0) best.Add(score, new AnswerSpan(s, e));
            }
        }

        return best.Items;
    }

    /// <summary>From the beginning of the first token's word to the end of the last one's, as far as they lie in this window's context.</summary>
    private static TextSpan WordPlace(IReadOnlyList<Token> tokens, AnswerSpan span)
    {
        int first = -1;
        int last = -1;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Sequence != 1) continue;
            if (first < 0 && tokens[i].Word == tokens[span.Start].Word) first = i;
            if (tokens[i].Word == tokens[span.End].Word) last = i;
        }

        return first < 0 || last < 0 ? TokenPlace(tokens, span) : new(tokens[first].Span.Start, tokens[last].Span.End);
    }

    private static TextSpan TokenPlace(IReadOnlyList<Token> tokens, AnswerSpan span) => new(tokens[span.Start].Span.Start, tokens[span.End].Span.End);

    private void Add(string text, TextSpan place, double score)
    {
        string key = text.ToLowerInvariant();
        if (_byText.TryGetValue(key, out int known)) _answers[known] = _answers[known] with { Score = _answers[known].Score + score };
        else
        {
            _byText.Add(key, _answers.Count);
            _answers.Add(new Found(text, place, score));
        }
    }

    private readonly record struct Found(string Text, TextSpan Place, double Score);
}
