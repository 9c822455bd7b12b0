using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>The samples that need a model of a person's own, with the tiny ones that lie in the repository.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("Classify", "text_classification/bert_4_labels", 8, "mixed feelings")]
    [InlineData("FillMask", "fill_mask/roberta", 5, "Paris is the")]
    [InlineData("QuestionAnswering", "question_answering/roberta", 3, " at ")]
    [InlineData("Rerank", "text_classification/roberta_1_label", 3, "Vaccines teach")]
    [InlineData("Tag", "token_classification/bert_bio", 1, " at ")]
    public void It_builds_and_runs(string sample, string model, int lines, string words)
    {
        string folder = Path.Combine(SharedData.Repository, "tests", "golden", "tasks", model);
        string[] project = ["--project", Path.Combine("samples", sample), "-c", Workshop.Configuration];
        CommandResult result = Command.Dotnet(SharedData.Repository, ["run", .. project, "-p:Model=" + folder, "-v", "quiet"]).Succeeded();
        Assert.True(result.Lines.Length >= lines, result.Output);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_a_model_the_build_says_what_is_needed()
    {
        CommandResult result = Command.Dotnet(SharedData.Repository, "build", Path.Combine("samples", "Tag"), "-c", Workshop.Configuration).Failed();
        Assert.Contains("Tag needs the folder of a token classifier, such as dslim/bert-base-NER: add -p:Model=FOLDER", result.Output, StringComparison.Ordinal);
    }
}
