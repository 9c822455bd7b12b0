using System.Text.Json;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Next sentences: ids, logits and probabilities.</summary>
internal static class NextSentenceCases
{
    /// <summary>Compares one row.</summary>
    public static void Compare(HeadModel model, JsonElement row, int length, CaseTally tally)
    {
        (string first, string second) = (row.Text("first"), row.Text("second"));
        tally.Begin($"'{first}', '{second}'", row.Flag("near_tie"));
        TokenEncoding encoding = model.Tokenizer.Encode(first, second, new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = length });
        tally.SameIds("ids", row.GetProperty("ids").Ids(), encoding.Ids());
        tally.SameIds("type ids", row.GetProperty("type_ids").Ids(), encoding.TypeIds());
        NextSentenceScore found = model switch
        {
            NextSentenceModel own => own.NextSentence(first, second, maxTokens: length),
            PreTrainingModel both => both.NextSentence(first, second, maxTokens: length),
            _ => throw new InvalidDataException($"a {model.GetType().BaseType!.Name} does not predict next sentences"),
        };
        tally.Count(1);
        float[] logits = row.GetProperty("logits").Singles();
        tally.Score("logit", logits[0], found.Logits[0]);
        tally.Score("logit", logits[1], found.Logits[1]);
        tally.Score("probability", row.Number("probability_is_next"), found.Follows);
        tally.Score("probability", row.Number("probability_not_next"), found.DoesNotFollow);
        tally.Same("is next", row.GetProperty("is_next").GetBoolean(), found.IsNext);
    }
}
