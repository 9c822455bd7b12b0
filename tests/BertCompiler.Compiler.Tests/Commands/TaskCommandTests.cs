using System.Text.Json.Nodes;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>The commands for heads as a user runs them: readable, as JSON, and one sentence where the model or the input does not fit.</summary>
public sealed class TaskCommandTests
{
    private static readonly string _bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    [SharedFact]
    public void Fill_mask_gives_the_references_words()
    {
        string model = SharedData.Require("models", "splade-tiny");
        JsonNode expected = JsonNode.Parse(File.ReadLines(SharedData.Require("golden", "splade-tiny", "fill_mask.jsonl")).First())!;
        string text = expected["text"]!.GetValue<string>();
        JsonNode mask = Json(Bertc.Run("", "fill-mask", model, text, "--json"))[0]["masks"]![0]!;
        JsonArray top = expected["masks"]![0]!["top"]!.AsArray();
        Assert.Equal(text.IndexOf("[MASK]", StringComparison.Ordinal), mask["start"]!.GetValue<int>());
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(top[i]!["id"]!.GetValue<int>(), mask["words"]![i]!["id"]!.GetValue<int>());
            Assert.Equal(top[i]!["probability"]!.GetValue<double>(), mask["words"]![i]!["score"]!.GetValue<double>(), 1e-4);
        }

        Bertc.Result readable = Bertc.Run("", "fill-mask", model, text, "--top", "1");
        Assert.EndsWith(mask["words"]![0]!["sequence"]!.GetValue<string>(), readable.Output.Trim(), StringComparison.Ordinal);
        Bertc.Result none = Bertc.Run("", "fill-mask", model, "no mask here");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("[MASK]", none.Errors, StringComparison.Ordinal);
    }

    [SharedFact]
    public void Classify_scores_every_label_and_a_pair_counts()
    {
        string model = Task("text_classification", "bert_4_labels");
        JsonNode[] results = Json(Bertc.Run("one\ntwo\n", "classify", model, "--json"));
        Assert.Equal(2, results.Length);
        Assert.Equal(1, results[0]["labels"]!.AsArray().Sum(l => l!["score"]!.GetValue<double>()), 1e-5);
        Assert.Equal("softmax", results[0]["function"]!.GetValue<string>());
        JsonNode pair = Json(Bertc.Run("", "classify", model, "--text", "one", "--pair", "two", "--json"))[0];
        Assert.NotEqual(results[0]["score"]!.GetValue<double>(), pair["score"]!.GetValue<double>());
        Bertc.Result cut = Bertc.Run("", "classify", model, "--text", string.Concat(Enumerable.Repeat("word ", 3000)), "--top", "1");
        Assert.Equal(0, cut.ExitCode);
        Assert.Contains("1 text was cut", cut.Errors, StringComparison.Ordinal);
    }

    /// <summary>One file, three models: what the class of its config.json gives, and what is asked for.</summary>
    [SharedFact]
    public void A_head_can_be_asked_for()
    {
        string model = Task("fill_mask", "bert");
        Bertc.Result none = Bertc.Run("", "embed", model, "--text", "one");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("--head embedding", none.Errors, StringComparison.Ordinal);
        Bertc.Result embedded = Bertc.Run("", "embed", model, "--head", "embedding", "--text", "one");
        Assert.Equal(0, embedded.ExitCode);
        Assert.StartsWith("{\"embedding\":[", embedded.Output, StringComparison.Ordinal);
        Assert.Contains("BertForNextSentencePrediction", Bertc.Run("", "inspect", model, "--head", "BertForNextSentencePrediction").Output, StringComparison.Ordinal);
        Bertc.Result wrong = Bertc.Run("", "classify", model, "--head", "BertForSequenceClassification", "--text", "one");
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("error BERT1207: ", wrong.Errors, StringComparison.Ordinal);
    }

    [SharedFact]
    public void Tag_cuts_entities_from_the_text()
    {
        const string text = "Anna Smith lives in Berlin.";
        JsonArray entities = Json(Bertc.Run("", "tag", Task("token_classification", "bert_bio"), "--text", text, "--json"))[0]["entities"]!.AsArray();
        Assert.NotEmpty(entities);
        foreach (JsonNode? entity in entities)
        {
            int start = entity!["start"]!.GetValue<int>();
            Assert.Equal(text[start..entity["end"]!.GetValue<int>()], entity["text"]!.GetValue<string>());
        }
    }

    [SharedFact]
    public void Answer_finds_a_place_in_a_long_document_and_refuses_a_question_that_fills_the_window()
    {
        string model = Task("question_answering", "bert");
        string document = string.Concat(Enumerable.Repeat("Nothing happened that year. ", 300)) + "Anna lives in Berlin.";
        JsonNode answer = Json(Bertc.Run(document, "answer", model, "--question", "Where does Anna live?", "--context-file", "-", "--json"))[0]["answers"]![0]!;
        Assert.Equal(document[answer["start"]!.GetValue<int>()..answer["end"]!.GetValue<int>()], answer["text"]!.GetValue<string>());
        Bertc.Result refused = Bertc.Run("", "answer", model, "--question", string.Concat(Enumerable.Repeat("who ", 2000)), "--context", "Anna.");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("question", refused.Errors, StringComparison.Ordinal);
        Bertc.Result missing = Bertc.Run("", "answer", model, "--question", "who");
        Assert.Equal(2, missing.ExitCode);
    }

    [SharedFact]
    public void Rerank_orders_documents()
    {
        string model = Task("text_classification", "roberta_1_label");
        JsonNode[] documents = Json(Bertc.Run("first\nsecond\nthird\n", "rerank", model, "--query", "q", "--json"));
        double[] scores = [.. documents.Select(d => d["score"]!.GetValue<double>())];
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal([0, 1, 2], documents.Select(d => d["index"]!.GetValue<int>()).Order());
        Assert.Empty(Json(Bertc.Run("", "rerank", model, "--query", "q", "--json")));
        string many = string.Concat(Enumerable.Range(0, 150).Select(i => $"document {i}\n"));
        JsonNode[] all = Json(Bertc.Run(many, "rerank", model, "--query", "q", "--json"));
        Assert.Equal(150, all.Length);
        Assert.Equal(all.Take(5).Select(d => d.ToJsonString()), Json(Bertc.Run(many, "rerank", model, "--query", "q", "--top", "5", "--json")).Select(d => d.ToJsonString()));
        Bertc.Result labels = Bertc.Run("x\n", "rerank", Task("text_classification", "bert_4_labels"), "--query", "q");
        Assert.Equal(1, labels.ExitCode);
        Assert.Contains("4 labels", labels.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fill-mask", "masked language model", "[MASK]")]
    [InlineData("classify", "sequence classifier", "--text", "x")]
    [InlineData("tag", "token classifier", "--text", "x")]
    [InlineData("answer", "question answerer", "--question", "x", "--context", "y")]
    [InlineData("rerank", "cross-encoder", "--query", "x", "--text", "y")]
    public void A_model_with_another_head_is_named(string command, string kind, params string[] arguments)
    {
        Bertc.Result result = Bertc.Run("", [command, _bundled, .. arguments]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"is no {kind}: its class is BertModel", result.Errors, StringComparison.Ordinal);
    }

    private static string Task(string task, string model) => SharedData.Require("golden", "tasks", task, model);

    /// <summary>One object a line.</summary>
    private static JsonNode[] Json(Bertc.Result result)
    {
        Assert.True(result.ExitCode == 0, result.Errors);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
