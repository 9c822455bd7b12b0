using System.Text.Json;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>Decoding from stored logits against Hugging Face's pipelines and BERT's SQuAD script, through the typed classes.</summary>
public sealed class StoredCasesTest
{
    [SharedTheory]
    [InlineData("bert_bio")]
    [InlineData("distilbert_plain")]
    [InlineData("roberta_bio")]
    [InlineData("xlmr_bilou")]
    public void Entities_are_those_of_the_pipeline(string name)
    {
        using var replay = new ReplayFolder("token_classification", name);
        replay.Store("logits", ".logits");
        using var model = new Tool.Verification.Tasks.Replay.ReplayedTokenClassifier(replay.Weights(), replay.Facts, replay.Head, replay.Logits);
        TokenClassificationCases.Compare(model, replay.Folder, replay.Tally);
        replay.AssertAll(replay.Folder.Description.Count("results")!.Value);
    }

    [SharedFact]
    public void Entities_of_a_real_model_are_those_of_the_pipeline()
    {
        FolderReport report = new EntityFolderVerifier().Verify(SharedData.Require("golden", "rampart-pii"), CancellationToken.None);
        Assert.Equal(["401 cases, 3492 results: 0 different, 0 near ties in another order"], report.Lines);
        Assert.Equal(Verdict.Passed, report.Verdict);
    }

    [SharedTheory]
    [InlineData("bert_4_labels")]
    [InlineData("distilbert_default_labels")]
    [InlineData("roberta_1_label")]
    public void Labels_are_those_of_the_pipeline(string name)
    {
        using var replay = new ReplayFolder("text_classification", name);
        int cases = 0;
        foreach (JsonElement row in replay.Folder.Rows())
        {
            ProblemType? problem = row.GetProperty("config").Find("problem_type")?.GetString() switch
            {
                null => null,
                "regression" => ProblemType.Regression,
                "multi_label_classification" => ProblemType.MultiLabel,
                _ => ProblemType.SingleLabel,
            };
            using var model = new ReplayedSequenceClassifier(replay.Weights(), replay.Facts, replay.Head with { ProblemType = problem }, replay.Logits);
            Store(model, row, replay);
            TextClassificationCases.Compare(model, row, replay.Tally);
            cases++;
        }

        replay.AssertAll(cases);
        Assert.Equal(replay.Folder.Description.Count("results"), cases);
    }

    /// <summary>Logits are stored for the texts 0 … 4.</summary>
    [SharedTheory]
    [InlineData("bert")]
    [InlineData("roberta")]
    public void Words_are_those_of_the_pipeline(string name)
    {
        using var replay = new ReplayFolder("fill_mask", name);
        foreach ((string key, float[] rows) in replay.Tensors(".logits"))
        {
            int[] ids = replay.Integers(key + ".input_ids");
            int[] masks = replay.Integers(key + ".mask_positions");
            int width = replay.Facts.Vocabulary;
            var all = new float[ids.Length * width];
            for (int i = 0; i < masks.Length; i++) rows.AsSpan(i * width, width).CopyTo(all.AsSpan(masks[i] * width));
            replay.Logits.Add("logits", ids, all);
        }

        using var model = new ReplayedMaskedLanguageModel(replay.Weights(), replay.Facts, replay.Head, replay.Logits);
        JsonElement[] stored = [.. replay.Folder.Rows().Where(r => r.GetProperty("index").GetInt32() < 5)];
        foreach (JsonElement row in stored) FillMaskCases.Compare(model, row, replay.Tally);
        replay.AssertAll(stored.Length);
        Assert.NotEmpty(stored);
    }

    [SharedTheory]
    [InlineData("bert")]
    [InlineData("bert_lower")]
    [InlineData("roberta")]
    public void Answers_are_those_of_the_pipeline(string name)
    {
        using var replay = new ReplayFolder("question_answering", name);
        replay.Store("start_logits", ".start");
        replay.Store("end_logits", ".end");
        using var model = new ReplayedQuestionAnswerer(replay.Weights(), replay.Facts, replay.Head, replay.Logits);
        JsonElement texts = JsonRows.ReadFile(replay.Folder.FileOf("texts.json"));
        JsonElement[] rows = [.. replay.Folder.Rows().Where(r => r.Find("logits") is not null || r.Find("error") is not null)];
        foreach (JsonElement row in rows) QuestionAnsweringCases.Compare(model, texts, row, replay.Tally);
        Assert.True(rows.Length > 50);
        replay.AssertAll(rows.Length);
    }

    [SharedTheory]
    [InlineData("bert", "run2")]
    [InlineData("bert_lower", "run1")]
    public void Answers_are_those_of_the_squad_script(string name, string run)
    {
        using var replay = new ReplayFolder("question_answering", name);
        string squad = replay.Folder.FileOf("run_squad");
        var examples = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement feature in JsonRows.Read(Path.Combine(squad, run + ".features.jsonl")))
        {
            examples.Add(feature.Text("id"));
            int[] ids = feature.GetProperty("input_ids").Ids();
            replay.Logits.Add("start_logits", ids, feature.GetProperty("start_logits").Singles());
            replay.Logits.Add("end_logits", ids, feature.GetProperty("end_logits").Singles());
        }

        using var model = new ReplayedQuestionAnswerer(replay.Weights(), replay.Facts, replay.Head, replay.Logits);
        JsonElement[] stored = [.. JsonRows.ReadFile(Path.Combine(squad, "examples.json")).EnumerateArray().Where(e => examples.Contains(e.Text("id")))];
        Assert.NotEmpty(stored);
        SquadCases.Compare(model, run, JsonRows.ReadFile(Path.Combine(squad, run + ".json")), stored, replay.Tally);
        int cases = stored.Length;
        foreach (JsonElement row in JsonRows.Read(Path.Combine(squad, "metrics.jsonl")))
        {
            SquadCases.CompareMetrics(row, replay.Tally);
            cases++;
        }

        replay.AssertAll(cases);
    }

    [SharedFact]
    public void Choices_are_those_of_the_softmax()
    {
        using var replay = new ReplayFolder("multiple_choice", "bert");
        JsonElement[] rows = [.. replay.Folder.Rows()];
        foreach (JsonElement row in rows.Where(r => r.Find("ids") is not null))
        {
            float[] logits = row.GetProperty("logits").Singles();
            foreach ((int i, JsonElement ids) in row.GetProperty("ids").EnumerateArray().Index()) replay.Logits.Add("logits", ids.Ids(), [logits[i]]);
        }

        using var model = new ReplayedMultipleChoiceModel(replay.Weights(), replay.Facts, replay.Head, replay.Logits);
        foreach (JsonElement row in rows) MultipleChoiceCases.Compare(model, row, replay.Tally);
        replay.AssertAll(12);
    }

    [SharedFact]
    public void Next_sentences_are_those_of_the_softmax()
    {
        using var replay = new ReplayFolder("next_sentence", "bert");
        JsonElement[] rows = [.. replay.Folder.Rows()];
        foreach (JsonElement row in rows) replay.Logits.Add("logits", row.GetProperty("ids").Ids(), row.GetProperty("logits").Singles());
        using var model = new ReplayedNextSentenceModel(replay.Weights(), replay.Facts, replay.Head, replay.Logits);
        foreach (JsonElement row in rows) NextSentenceCases.Compare(model, row, replay.Folder.Description.Count("max_length")!.Value, replay.Tally);
        replay.AssertAll(8);
    }

    /// <summary>The cases store logits without ids: those of the text, cut as the case says.</summary>
    private static void Store(SequenceClassifier model, JsonElement row, ReplayFolder replay)
    {
        JsonElement input = row.GetProperty("input");
        JsonElement options = row.GetProperty("options");
        bool single = input.ValueKind == JsonValueKind.String;
        string text = single ? input.GetString()! : input.Text("text");
        string? pair = single ? null : input.Text("text_pair");
        var how = new EncodeOptions
        {
            Truncation = options.Find("truncation") is not { } truncation ? TruncationStrategy.None
                : truncation.ValueKind == JsonValueKind.String ? TruncationStrategy.OnlyFirst : TruncationStrategy.LongestFirst,
            MaxLength = options.Count("max_length") ?? 0,
        };
        JsonElement? empty = row.Find("empty_pair");
        replay.Logits.Add("logits", model.Tokenizer.Encode(text, empty is null ? pair : null, how).Ids(), row.GetProperty("logits").Singles());
        if (empty is { } kept) replay.Logits.Add("logits", model.Tokenizer.Encode(text, pair).Ids(), kept.GetProperty("logits_if_kept_as_pair").Singles());
    }
}
