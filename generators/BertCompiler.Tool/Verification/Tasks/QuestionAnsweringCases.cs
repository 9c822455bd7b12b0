using System.Text.Json;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Answers of Hugging Face's question answering pipeline.</summary>
internal static class QuestionAnsweringCases
{
    /// <summary>Compares one row.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">Questions and contexts by id.</param>
    /// <param name="row">The row.</param>
    /// <param name="tally">Takes what differs.</param>
    public static void Compare(QuestionAnswerer model, JsonElement texts, JsonElement row, CaseTally tally)
    {
        JsonElement options = row.GetProperty("options");
        JsonElement text = texts.GetProperty(row.Text("id"));
        tally.Begin($"{row.Text("id")} {options.GetRawText()}", row.Flag("near_tie"));
        try
        {
            IReadOnlyList<Answer> found = model.Answer(text.Text("question"), text.Text("context"), Options(options));
            if (row.Find("error") is null) Compare([.. row.GetProperty("result").EnumerateArray()], found, row.Count("near_tie_from") ?? int.MaxValue, tally);
            else tally.Differ("nothing was refused");
        }
        catch (ArgumentException e)
        {
            if (row.Find("error") is null) tally.Differ(e.Message);
        }
    }

    private static AnswerOptions Options(JsonElement options) => new()
    {
        Top = options.Count("top_k") ?? 1,
        MaxAnswerTokens = options.Count("max_answer_len") ?? 15,
        MaxLength = options.Count("max_seq_len"),
        DocStride = options.Count("doc_stride"),
        HandleImpossible = options.Flag("handle_impossible_answer"),
        AlignToWords = options.Find("align_to_words")?.GetBoolean() ?? true,
    };

    private static void Compare(JsonElement[] expected, IReadOnlyList<Answer> found, int safe, CaseTally tally)
    {
        tally.Count(expected.Length);
        if (!tally.Same("number of answers", expected.Length, found.Count)) return;
        for (int i = 0; i < expected.Length; i++)
        {
            tally.Score("score", expected[i].Number("s"), found[i].Score);
            if (i >= safe) continue;
            tally.Same("answer", expected[i].Text("answer"), found[i].Text);
            tally.Same("place", expected[i].Place(), found[i].Span);
        }
    }
}
