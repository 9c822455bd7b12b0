using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>cross_encoder</c>: scores of pairs and rankings of documents.</summary>
internal sealed class CrossEncoderVerifier(ModelCache cache) : TaskVerifier(cache, "cross-encoder")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        using SequenceClassifier model = Load<SequenceClassifier>(folder, cancellation);
        tally.Begin("settings");
        tally.Same("activation", folder.Description.Text("activation"), model.Head.PairFunction == ScoreFunction.None ? "Identity" : model.Head.PairFunction.ToString());
        tally.Same("max_length", folder.Description.Count("max_length"), model.Facts.MaxTokens);
        JsonElement[] rows = [.. folder.Rows()];
        string[][] pairs = [.. rows[0].GetProperty("pairs").EnumerateArray().Select(p => p.Texts())];
        foreach (JsonElement row in rows)
        {
            tally.Begin(row.Text("what"));
            switch (row.Text("what"))
            {
                case "default": CompareScores(model, pairs, row, model.Head.PairFunction, tally); break;
                case "identity": CompareScores(model, pairs, row, ScoreFunction.None, tally); break;
                case "apply_softmax" when model.Head.PairFunction == ScoreFunction.None: CompareScores(model, pairs, row, ScoreFunction.Softmax, tally); break;
                case "rank": CompareRanks(model, row, tally); break;
                default: tally.Skip(); break;
            }
        }
    }

    private static void CompareScores(SequenceClassifier model, string[][] pairs, JsonElement row, ScoreFunction function, CaseTally tally)
    {
        JsonElement[] expected = [.. row.GetProperty("scores").EnumerateArray()];
        IReadOnlyList<Classification> found = model.Classify([.. pairs.Select(p => p[0])], [.. pairs.Select(p => p[1])], new ClassifyOptions { Function = function });
        tally.Same("pairs", expected.Length, found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            float[] scores = expected[i].ValueKind == JsonValueKind.Array ? expected[i].Singles() : [expected[i].GetSingle()];
            tally.Count(scores.Length);
            for (int label = 0; label < scores.Length; label++) tally.Score(row.Text("what"), scores[label], found[i].Scores[label]);
        }
    }

    private static void CompareRanks(SequenceClassifier model, JsonElement row, CaseTally tally)
    {
        if (row.Find("error") is not null)
        {
            // What the reference refuses, the class does not have.
            if (model is CrossEncoder) tally.Differ("it can rank");
            else tally.Count(1);
            return;
        }

        if (model is not CrossEncoder ranker)
        {
            tally.Differ("it cannot rank");
            return;
        }

        IReadOnlyList<RankedDocument> found = ranker.Rerank(row.Text("query"), row.GetProperty("documents").Texts(), row.GetProperty("options").Count("top_k"));
        JsonElement[] expected = [.. row.GetProperty("result").EnumerateArray()];
        if (!tally.Same("number of documents", expected.Length, found.Count)) return;
        for (int i = 0; i < expected.Length; i++)
        {
            tally.Count(1);
            tally.Same("document", expected[i].Count("corpus_id"), found[i].Index);
            tally.Score("rank score", expected[i].Number("score"), found[i].Score);
            if (expected[i].Find("text") is { } text) tally.Same("text", text.GetString(), found[i].Text);
        }
    }
}
