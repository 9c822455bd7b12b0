using System.Text.Json;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Entities of Hugging Face's pipeline: labels, places and scores.</summary>
internal static class TokenClassificationCases
{
    /// <summary>Compares all rows of a folder.</summary>
    public static void Compare(TokenClassifier model, TaskFolder folder, CaseTally tally)
    {
        JsonElement texts = JsonRows.ReadFile(folder.FileOf("texts.json"));
        foreach (JsonElement row in folder.Rows())
        {
            JsonElement options = row.GetProperty("options");
            string key = row.Text("text");
            tally.Begin($"{key} {options.GetRawText()}", row.Flag("near_tie"));
            TagOptions how = Options(options);
            IReadOnlyList<Entity> found = row.Find("words") is { } words
                ? model.TagEntities(words.Texts(), how, options.Find("delimiter")?.GetString() ?? " ")
                : model.Tag(texts.Text(key.Split('.')[0]), how);
            Compare([.. row.GetProperty("result").EnumerateArray()], found, tally);
        }
    }

    private static TagOptions Options(JsonElement options)
    {
        int? length = options.Count("model_max_length");
        int? stride = options.Count("stride");
        var how = new TagOptions
        {
            Aggregation = Enum.Parse<TagAggregation>(options.Text("aggregation_strategy"), ignoreCase: true),
            MaxTokens = length,
            Stride = stride ?? 0,
            Windows = stride is not null,
        };
        return options.Find("ignore_labels") is { } ignored ? how with { IgnoreLabels = ignored.Texts() } : how;
    }

    private static void Compare(JsonElement[] expected, IReadOnlyList<Entity> found, CaseTally tally)
    {
        tally.Count(expected.Length);
        if (!tally.Same("number of entities", expected.Length, found.Count)) return;
        for (int i = 0; i < expected.Length; i++)
        {
            tally.Same("label", expected[i].Text("e"), found[i].Kind);
            tally.Same("place", expected[i].Place(), found[i].Span);
            if (expected[i].Count("i") is { } token) tally.Same("token", token, found[i].FirstToken);
            tally.Score("score", expected[i].Number("s"), found[i].Score);
        }
    }
}
