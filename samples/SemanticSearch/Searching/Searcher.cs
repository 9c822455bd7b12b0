using BertCompiler;
using SemanticSearch.Indexing;
using SemanticSearch.Passages;

namespace SemanticSearch.Searching;

/// <summary>
/// Answers questions. Passages near to the question are candidates; their sentences are embedded too, and what is ranked is the mean of a
/// candidate's own cosine and that of its best sentence: the passage says what it is about, the sentence whether it answers.
/// </summary>
internal sealed class Searcher(ISentenceEncoder model, SearchIndex index)
{
    private const int LeastCandidates = 30;
    private const int CandidatesForEach = 3;

    /// <summary>The best passages, best first; none where the index is empty.</summary>
    public IReadOnlyList<Hit> Search(string query, int top)
    {
        var question = new float[model.Dimension];
        model.Embed([query], question);
        List<Hit> hits = [.. Candidates(question, Math.Max(LeastCandidates, CandidatesForEach * top)).Select(c => Judge(c, question))];
        return Best(hits.OrderByDescending(h => h.Score).ThenBy(h => h.Path, StringComparer.Ordinal).ThenBy(h => h.Passage.Line), top);
    }

    private List<Candidate> Candidates(float[] question, int count)
    {
        var best = new PriorityQueue<Candidate, float>();
        foreach (IndexedFile file in index.Files)
        {
            for (int i = 0; i < file.Passages.Count; i++)
            {
                float score = Dot(question, file.Vectors.AsSpan(i * model.Dimension, model.Dimension));
                var candidate = new Candidate(file.Path, file.Passages[i], score);
                if (best.Count < count) best.Enqueue(candidate, score);
                else best.EnqueueDequeue(candidate, score);
            }
        }

        return [.. best.UnorderedItems.Select(item => item.Element)];
    }

    private Hit Judge(Candidate candidate, float[] question)
    {
        string text = candidate.Passage.Text;
        IReadOnlyList<TextRange> sentences = SentenceSplitter.Split(text);
        var vectors = new float[sentences.Count * model.Dimension];
        model.Embed([.. sentences.Select(s => s.Of(text))], vectors);
        int best = 0;
        float bestScore = float.NegativeInfinity;
        for (int i = 0; i < sentences.Count; i++)
        {
            float score = Dot(question, vectors.AsSpan(i * model.Dimension, model.Dimension));
            if (score > bestScore) (best, bestScore) = (i, score);
        }

        return new Hit(candidate.Path, candidate.Passage, (candidate.Score + bestScore) / 2, sentences[best]);
    }

    // Windows overlap: a sentence is shown once, in the window where it stands better.
    private static List<Hit> Best(IEnumerable<Hit> ranked, int top)
    {
        var shown = new HashSet<(string Path, string Sentence)>();
        var hits = new List<Hit>(top);
        foreach (Hit hit in ranked)
        {
            if (hits.Count == top) break;
            if (shown.Add((hit.Path, hit.Sentence.Of(hit.Passage.Text)))) hits.Add(hit);
        }

        return hits;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
