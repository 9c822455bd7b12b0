namespace BertCompiler.Tasks;

/// <summary>
/// Start and end logits of windows → the n best answers of the SQuAD script (google-research/bert, run_squad.py, <c>write_predictions</c>).
/// Where the script lets positions of padding take places among the best, there is none here: batches have no padding.
/// </summary>
internal sealed class SquadDecoder(SquadDocument document, IReadOnlyList<SquadFeature> features, SquadOptions options)
{
    private readonly List<Preliminary> _preliminary = [];
    private readonly int[] _mostContext = MostContext(document, features);
    private double _nullScore = double.PositiveInfinity;
    private float _nullStart;
    private float _nullEnd;

    /// <summary>Takes in one window.</summary>
    public void Add(int window, float[] start, float[] end)
    {
        SquadFeature feature = features[window];
        if (start[0] + (double)end[0] < _nullScore)
        {
            _nullScore = start[0] + (double)end[0];
            (_nullStart, _nullEnd) = (start[0], end[0]);
        }

        int[] ends = Scores.Descending(end, options.NBest);
        foreach (int s in Scores.Descending(start, options.NBest))
        {
            int first = s - feature.Offset;
            if (first < 0 || first >= feature.Count || _mostContext[feature.FirstPiece + first] != window) continue;
            foreach (int e in ends)
            {
                int last = e - feature.Offset;
                if (last < first || last >= feature.Count || last - first + 1 > options.MaxAnswerTokens) continue;
                _preliminary.Add(new Preliminary(feature.FirstPiece + first, feature.FirstPiece + last, start[s], end[e]));
            }
        }
    }

    /// <summary>The answer, when all windows were taken in.</summary>
    public SquadAnswer Take()
    {
        List<SquadCandidate> best = NBest();
        var sums = new float[best.Count];
        for (int i = 0; i < sums.Length; i++) sums[i] = best[i].StartLogit + best[i].EndLogit;
        var probabilities = new double[sums.Length];
        RealMath.Softmax(sums, probabilities);
        for (int i = 0; i < sums.Length; i++) best[i] = best[i] with { Probability = (float)probabilities[i] };
        bool cut = features[0].QuestionTruncated;
        if (!options.AllowNoAnswer) return new SquadAnswer(best[0].Text, best, NullOdds: null, cut);
        SquadCandidate answer = best.Find(b => b.Text.Length > 0);
        double odds = _nullScore - answer.StartLogit - answer.EndLogit;
        return new SquadAnswer(odds > options.NullThreshold ? "" : answer.Text, best, odds, cut);
    }

    private List<SquadCandidate> NBest()
    {
        if (options.AllowNoAnswer) _preliminary.Add(new Preliminary(-1, -1, _nullStart, _nullEnd));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var best = new List<SquadCandidate>();
        foreach (Preliminary p in _preliminary.OrderByDescending(p => p.Start + (double)p.End))
        {
            if (best.Count >= options.NBest) break;
            string text = p.First < 0 ? "" : document.TextOf(p.First, p.Last);
            if (!seen.Add(text) && p.First >= 0) continue;
            best.Add(new SquadCandidate(text, 0, p.Start, p.End));
        }

        if (options.AllowNoAnswer)
        {
            if (!seen.Contains("")) best.Add(new SquadCandidate("", 0, _nullStart, _nullEnd));
            if (best.Count == 1) best.Insert(0, new SquadCandidate("empty", 0, 0, 0));
        }

        if (best.Count == 0) best.Add(new SquadCandidate("empty", 0, 0, 0));
        return best;
    }

    /// <summary>For each piece of the context the window in which it has the most: min(left, right) + 0.01·length, of equals the first.</summary>
    private static int[] MostContext(SquadDocument document, IReadOnlyList<SquadFeature> features)
    {
        var windows = new int[document.Pieces.Length];
        var context = new double[windows.Length];
        Array.Fill(context, -1);
        for (int w = 0; w < features.Count; w++)
        {
            for (int i = 0; i < features[w].Count; i++)
            {
                double own = Math.Min(i, features[w].Count - 1 - i) + (0.01 * features[w].Count);
                if (own <= context[features[w].FirstPiece + i]) continue;
                context[features[w].FirstPiece + i] = own;
                windows[features[w].FirstPiece + i] = w;
            }
        }

        return windows;
    }

    private readonly record struct Preliminary(int First, int Last, float Start, float End);
}
