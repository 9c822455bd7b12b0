using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Whatever a folder does to an import, it ends in a problem with an id and a file.</summary>
public sealed class ImportGuardTest
{
    /// <summary>More ids than a packed vocabulary can number.</summary>
    [Fact]
    public void A_vocabulary_with_too_great_ids_is_an_error_that_names_its_file()
    {
        var model = new TinyModel();
        model.Fields["vocab_size"] = "9000000";
        using var folder = new TemporaryFolder();
        model.Save(folder["model"]);
        File.WriteAllText(Path.Combine(folder["model"], "tokenizer.json"), """
            {
              "version": "1.0", "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
              "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "a": 8999998}}
            }
            """);
        var target = new ImportTarget(folder["out"], "m");
        foreach (IReadOnlyList<Problem> problems in new[] { ModelImporter.Inspect(folder["model"]).Problems, ModelImporter.Import(folder["model"], target).Problems })
        {
            Problem problem = Assert.Single(problems, p => p.Kind == ProblemKinds.TokenizerUnsupported);
            Assert.Equal(Path.Combine(folder["model"], "tokenizer.json"), problem.File);
            Assert.Contains("8999998", problem.Message, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder["out"]) && Directory.EnumerateFiles(folder["out"]).Any());
    }

    public static TheoryData<Type> Exceptions =>
        [typeof(OverflowException), typeof(OutOfMemoryException), typeof(ArgumentException), typeof(InvalidDataException), typeof(InvalidOperationException), typeof(FormatException), typeof(IOException), typeof(UnauthorizedAccessException), typeof(IndexOutOfRangeException)];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Every_exception_becomes_a_problem_with_a_file(Type exception)
    {
        var problems = new ProblemList();
        Assert.False(ImportGuard.Run("some/folder", problems, () => throw (Exception)Activator.CreateInstance(exception, "two\nlines")!));
        Problem problem = Assert.Single(problems.Items);
        Assert.Equal((ProblemKinds.FolderUnreadable, Severity.Error, "some/folder"), (problem.Kind, problem.Severity, problem.File));
        if (exception != typeof(OutOfMemoryException)) Assert.Contains("lines", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_and_what_the_caller_asks_for_pass()
    {
        var problems = new ProblemList();
        Assert.Throws<OperationCanceledException>(() => ImportGuard.Run("x", problems, () => throw new OperationCanceledException()));
        Assert.Throws<IOException>(() => ImportGuard.Run("x", problems, () => throw new IOException(), passes: e => e is IOException));
        Assert.Empty(problems.Items);
    }
}
