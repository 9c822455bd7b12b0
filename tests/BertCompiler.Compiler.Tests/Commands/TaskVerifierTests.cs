using System.Text.Json.Nodes;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Compiled typed classes, from text to decoded result, against Hugging Face's pipelines and BERT's SQuAD script.</summary>
public sealed class TaskVerifierTests
{
    [SharedTheory]
    [InlineData("token_classification/bert_bio", 319, 3233)]
    [InlineData("token_classification/distilbert_plain", 178, 1591)]
    [InlineData("token_classification/roberta_bio", 319, 3754)]
    [InlineData("token_classification/xlmr_bilou", 319, 3233)]
    [InlineData("text_classification/bert_4_labels", 250, 637)]
    [InlineData("text_classification/distilbert_default_labels", 76, 117)]
    [InlineData("text_classification/roberta_1_label", 192, 192)]
    [InlineData("fill_mask/bert", 69, 2128)]
    [InlineData("fill_mask/roberta", 69, 2641)]
    [InlineData("question_answering/bert", 330, 1611)]
    [InlineData("question_answering/bert_lower", 260, 1260)]
    [InlineData("question_answering/roberta", 179, 841)]
    [InlineData("multiple_choice/bert", 12, 34)]
    [InlineData("next_sentence/bert", 8, 8)]
    public void Every_case_is_the_references(string folder, int cases, int results)
    {
        FolderReport report = Verify(SharedData.Require(["golden", "tasks", .. folder.Split('/')]));
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
        Assert.StartsWith($"{cases} cases, {results} results: 0 different", report.Lines[0], StringComparison.Ordinal);
    }

    [SharedFact]
    public void Sparse_vectors_and_masks_of_a_real_model_are_the_references()
    {
        FolderReport report = new SparseGoldenVerifier(ModelCache.OfUser, SharedData.Require("golden", "splade-tiny")).Verify(SharedData.Require("models", "splade-tiny"), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
        Assert.StartsWith("60 cases, 4897 results: 0 different", report.Lines[0], StringComparison.Ordinal);
        Assert.Contains(report.Tensors, t => t.Name == "text4.logits");
    }

    /// <summary>A wrong place, label or score in one line makes one case different, and the folder fails.</summary>
    [SharedTheory]
    [InlineData("[0,2]", "[0,3]")]
    [InlineData("\"B-PER\"", "\"B-LOC\"")]
    [InlineData("0.749463327", "0.749663327")]
    public void A_wrong_result_is_seen(string right, string wrong)
    {
        using TemporaryFolder copy = Copy("token_classification", "bert_bio");
        string[] lines = File.ReadAllLines(copy["cases.jsonl"]);
        int at = lines[0].IndexOf(right, StringComparison.Ordinal);
        lines[0] = string.Concat(lines[0].AsSpan(0, at), wrong, lines[0].AsSpan(at + right.Length));
        File.WriteAllLines(copy["cases.jsonl"], lines);
        FolderReport report = Verify(copy.Path);
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.StartsWith("319 cases, 3233 results: 1 different", report.Lines[0], StringComparison.Ordinal);
    }

    /// <summary>problem_type is read, kept and emitted: without it the scores are others.</summary>
    [SharedFact]
    public void A_problem_type_that_is_left_out_is_seen()
    {
        using TemporaryFolder copy = Copy("text_classification", "bert_4_labels");
        string[] lines = File.ReadAllLines(copy["cases.jsonl"]);
        JsonNode row = JsonNode.Parse(Array.Find(lines, l => l.Contains("multi_label", StringComparison.Ordinal) && l.Contains("\"top_k\":null", StringComparison.Ordinal))!)!;
        row["config"]!["problem_type"] = null;
        File.WriteAllText(copy["cases.jsonl"], row.ToJsonString());
        Assert.StartsWith("1 case, 4 results: 1 different", Verify(copy.Path).Lines[0], StringComparison.Ordinal);
    }

    [SharedFact]
    public void A_folder_of_folders_is_walked()
    {
        var found = FolderFinder.Find([SharedData.Require("golden", "tasks")], TaskVerifiers.All(ModelCache.OfUser));
        Assert.Equal(4 + 3 + 2 + 3 + 1 + 1 + 6 + 8, found.Count(f => f.Value is TaskVerifier));
    }

    private static FolderReport Verify(string folder) => TaskVerifiers.All(ModelCache.OfUser).Single(v => v.Recognises(folder)).Verify(folder, default);

    private static TemporaryFolder Copy(string task, string name)
    {
        var copy = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(SharedData.Require("golden", "tasks", task, name)))
        {
            File.Copy(file, copy[Path.GetFileName(file)]);
            File.SetAttributes(copy[Path.GetFileName(file)], FileAttributes.Normal);
        }

        return copy;
    }
}
