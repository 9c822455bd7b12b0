using System.Text.Json;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Predictions of BERT's SQuAD script.</summary>
internal static class SquadCases
{
    /// <summary>Compares one run of the script over all examples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The run's name, for messages.</param>
    /// <param name="run">Its options and results.</param>
    /// <param name="examples">Questions and contexts.</param>
    /// <param name="tally">Takes what differs.</param>
    public static void Compare(QuestionAnswerer model, string name, JsonElement run, IEnumerable<JsonElement> examples, CaseTally tally)
    {
        SquadOptions options = Options(run.GetProperty("options"));
        JsonElement predictions = run.GetProperty("predictions");
        foreach (JsonElement example in examples)
        {
            string id = example.Text("id");
            if (predictions.Find(id) is not { } prediction) continue;
            int safe = run.Find("near_ties")?.Find(id)?.GetInt32() ?? int.MaxValue;
            tally.Begin($"{name} {id}", safe != int.MaxValue);
            SquadAnswer found = model.AnswerSquad(example.Text("question"), example.Text("context"), options);
            if (safe > 0) tally.Same("prediction", prediction.GetString()!, found.Text);
            if (run.Find("null_odds")?.Find(id) is { } odds) tally.Score("null odds", odds.GetDouble(), found.NullOdds ?? double.NaN);
            Compare([.. run.GetProperty("nbest").GetProperty(id).EnumerateArray()], found.NBest, safe, tally);
        }
    }

    /// <summary>Compares the measures of one prediction, or the normal form of one text.</summary>
    public static void CompareMetrics(JsonElement row, CaseTally tally)
    {
        if (row.Find("normalised") is { } normalised)
        {
            tally.Begin($"normal form of '{row.Text("text")}'");
            tally.Count(1);
            tally.Same("normal form", normalised.GetString()!, SquadMetrics.Normalized(row.Text("text")));
            return;
        }

        string prediction = row.Text("prediction");
        string[] golds = row.GetProperty("golds").Texts();
        tally.Begin($"metrics of '{prediction}'");
        tally.Count(1);
        tally.Same("exact", row.GetProperty("exact").GetInt32() == 1, SquadMetrics.IsExact(prediction, golds));
        tally.Score("F1", row.Number("f1"), SquadMetrics.F1(prediction, golds));
    }

    private static SquadOptions Options(JsonElement options) => new()
    {
        MaxLength = options.Count("max_seq_length"),
        DocStride = options.Count("doc_stride")!.Value,
        MaxQueryLength = options.Count("max_query_length")!.Value,
        NBest = options.Count("n_best_size")!.Value,
        MaxAnswerTokens = options.Count("max_answer_length")!.Value,
        AllowNoAnswer = options.Flag("version_2"),
        NullThreshold = options.Number("threshold"),
        LowerCase = options.Flag("do_lower_case"),
    };

    private static void Compare(JsonElement[] expected, IReadOnlyList<SquadCandidate> found, int safe, CaseTally tally)
    {
        tally.Count(expected.Length);
        if (!tally.Same("number of answers", expected.Length, found.Count)) return;
        for (int i = 0; i < expected.Length; i++)
        {
            tally.Score("probability", expected[i].Number("probability"), found[i].Probability);
            if (i >= safe) continue;
            tally.Same("answer", expected[i].Text("text"), found[i].Text);
            tally.Score("logit", expected[i].Number("start_logit"), found[i].StartLogit);
            tally.Score("logit", expected[i].Number("end_logit"), found[i].EndLogit);
        }
    }
}
