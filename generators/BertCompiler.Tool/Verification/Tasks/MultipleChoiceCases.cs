using System.Text.Json;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Choices: ids, logits, probabilities and the best.</summary>
internal static class MultipleChoiceCases
{
    /// <summary>Compares one row.</summary>
    public static void Compare(MultipleChoiceModel model, JsonElement row, CaseTally tally)
    {
        JsonElement options = row.GetProperty("options");
        string prompt = row.Text("prompt");
        string[] choices = row.GetProperty("choices").Texts();
        int length = options.Count("max_length")!.Value;
        bool longest = options.Text("truncation") == "longest_first";
        tally.Begin($"'{prompt}' {options.GetRawText()}", row.Flag("near_tie"));
        var how = new EncodeOptions { Truncation = longest ? TruncationStrategy.LongestFirst : TruncationStrategy.OnlyFirst, MaxLength = length };
        TokenEncoding[] encodings;
        try
        {
            encodings = [.. choices.Select(c => model.Tokenizer.Encode(prompt, c, how))];
        }
        catch (TruncationException e)
        {
            if (row.Find("error") is null) tally.Differ(e.Message);
            return;
        }

        if (row.Find("error") is not null)
        {
            tally.Differ("nothing was refused");
            return;
        }

        JsonElement[] ids = [.. row.GetProperty("ids").EnumerateArray()];
        for (int i = 0; i < ids.Length; i++) tally.SameIds("ids", ids[i].Ids(), encodings[i].Ids());
        ChoiceResult found = longest ? model.Choose(prompt, choices, maxTokens: length) : Choose(model, encodings, choices);
        tally.Count(choices.Length);
        tally.Same("choice", row.GetProperty("choice").GetInt32(), found.Index);
        float[] logits = row.GetProperty("logits").Singles();
        float[] probabilities = row.GetProperty("probabilities").Singles();
        for (int i = 0; i < choices.Length; i++)
        {
            tally.Score("logit", logits[i], found.Logits[i]);
            tally.Score("probability", probabilities[i], found.Scores[i]);
        }
    }

    private static ChoiceResult Choose(MultipleChoiceModel model, TokenEncoding[] encodings, string[] choices) =>
        new([.. encodings.Select(e => RawLogits.Of(model, e.Ids(), e.TypeIds())[0])], choices, encodings.Any(e => e.IsTruncated));
}
