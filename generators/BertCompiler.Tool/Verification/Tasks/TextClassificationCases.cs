using System.Text.Json;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Labels and scores of Hugging Face's text classification pipeline.</summary>
internal static class TextClassificationCases
{
    /// <summary>Compares one row.</summary>
    public static void Compare(SequenceClassifier model, JsonElement row, CaseTally tally)
    {
        JsonElement options = row.GetProperty("options");
        JsonElement input = row.GetProperty("input");
        tally.Begin($"{input.GetRawText()} {options.GetRawText()} {row.GetProperty("config").GetRawText()}", row.Flag("near_tie"));
        string text = input.ValueKind == JsonValueKind.String ? input.GetString()! : input.Text("text");
        string? pair = input.ValueKind == JsonValueKind.String ? null : input.Text("text_pair");
        bool emptyPair = row.Find("empty_pair") is not null;
        Classification found = Classify(model, text, emptyPair ? null : pair, options);
        CompareLogits(row.GetProperty("logits").Singles(), found, tally);
        CompareLabels([.. row.GetProperty("result").EnumerateArray()], found, options, tally);
        if (emptyPair) CompareLogits(row.GetProperty("empty_pair").GetProperty("logits_if_kept_as_pair").Singles(), model.Classify(text, pair), tally);
    }

    private static Classification Classify(SequenceClassifier model, string text, string? pair, JsonElement options)
    {
        ScoreFunction? function = options.Function();
        if (options.Find("truncation") is not { ValueKind: JsonValueKind.String })
        {
            Truncation truncation = options.Flag("truncation") ? Truncation.Right : Truncation.Error;
            return model.Classify(text, pair, new ClassifyOptions { Function = function, MaxTokens = options.Count("max_length"), Truncation = truncation });
        }

        // The pipeline can cut the first text alone; the class cuts the longer of the two.
        TokenEncoding encoding = model.Tokenizer.Encode(text, pair, new EncodeOptions { Truncation = TruncationStrategy.OnlyFirst, MaxLength = options.Count("max_length")!.Value });
        return new Classification(model.Head.Labels, RawLogits.Of(model, encoding.Ids(), encoding.TypeIds()), function ?? model.Head.ClassifyFunction, encoding.IsTruncated);
    }

    private static void CompareLogits(float[] expected, Classification found, CaseTally tally)
    {
        if (!tally.Same("number of logits", expected.Length, found.Logits.Count)) return;
        for (int i = 0; i < expected.Length; i++) tally.Score("logit", expected[i], found.Logits[i]);
    }

    private static void CompareLabels(JsonElement[] expected, Classification found, JsonElement options, CaseTally tally)
    {
        int? top = options.TryGetProperty("top_k", out JsonElement k) ? k.ValueKind == JsonValueKind.Null ? null : k.GetInt32() : 1;
        IReadOnlyList<LabelScore> labels = found.Ranked(top);
        tally.Count(expected.Length);
        if (!tally.Same("number of labels", expected.Length, labels.Count)) return;
        for (int i = 0; i < expected.Length; i++)
        {
            tally.Same("label", expected[i].Text("label"), labels[i].Label);
            tally.Score("score", expected[i].Number("score"), labels[i].Score);
        }
    }
}
