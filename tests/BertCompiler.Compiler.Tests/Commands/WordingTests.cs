using BertCompiler.Testing;
using BertCompiler.Tool.Commands;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Messages speak the command line's language.</summary>
public sealed class WordingTests
{
    private static readonly string _bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    [Theory]
    [InlineData("embed", "--jsn")]
    [InlineData("tokenize", "--jsn")]
    [InlineData("verify", "--detials")]
    [InlineData("fill-mask", "--tp")]
    [InlineData("inspect", "-j")]
    public void An_option_that_does_not_exist_is_named_wherever_it_stands(string command, string option)
    {
        foreach (string[] arguments in (string[][])[[command, _bundled, option], [command, option, _bundled]])
        {
            Bertc.Result result = Bertc.Run("", arguments);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.StartsWith($"bertc: {option}: {command} has no such option", result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_stands_behind_two_hyphens_is_no_option()
    {
        Bertc.Result result = Bertc.Run("", "tokenize", _bundled, "--", "--jsn");
        Assert.Equal((1, "bertc: --jsn: there is no such file\n"), (result.ExitCode, result.Errors));
    }

    [Theory]
    [InlineData("--top 0: expected at least 1", "classify", "--text", "x", "--top", "0")]
    [InlineData("--dimensions 0: expected at least 1", "embed", "--text", "x", "--dimensions", "0")]
    [InlineData("--dimensions 129: the model gives 128 numbers a text", "embed", "--text", "x", "--dimensions", "129")]
    [InlineData("--max-tokens 0: expected at least 1", "tokenize", "-", "--max-tokens", "0")]
    [InlineData("there is no prompt 'x'", "embed", "--text", "x", "--prompt-name", "x")]
    [InlineData("--format goes with files of texts", "tokenize", "--format", "bin")]
    [InlineData("bertc: --dimensions x: expected a whole number\n", "embed", "--text", "x", "--dimensions", "x")]
    [InlineData("bertc: --truncation Left: expected Right, Error\n", "embed", "--text", "x", "--truncation", "Left")]
    [InlineData("bertc: --truncation 7: expected Right, Error\n", "embed", "--text", "x", "--truncation", "7")]
    [InlineData("--prompt and --prompt-name exclude one another", "embed", "--text", "x", "--prompt", "a", "--prompt-name", "b")]
    [InlineData("bertc: --question is empty\n", "answer", "--question", "", "--context", "x")]
    [InlineData("'--text'", "embed", "--text")]
    [InlineData("--name 'a/b': a file's name is wanted", "import", "-o", "x", "--name", "a/b")]
    public void A_value_that_cannot_be_is_one_sentence(string expected, string command, params string[] arguments)
    {
        Bertc.Result result = Bertc.Run("", [command, _bundled, .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("embed", "MODEL is missing")]
    [InlineData("new", "NAME is missing")]
    [InlineData("verify", "DIR is missing")]
    [InlineData("emit", "MODEL is missing")]
    public void What_is_missing_is_named(string command, string expected)
    {
        Bertc.Result result = Bertc.Run("", command);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"bertc: {expected}\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"bertc {command} --help", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_not_a_folder_to_write_to()
    {
        string file = Path.GetTempFileName();
        foreach (string command in (string[])["emit", "import"])
        {
            Bertc.Result result = Bertc.Run("", command, _bundled, "-o", file);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains($"--output {file}: a folder is wanted, not a file", result.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(0, new FileInfo(file).Length);
        File.Delete(file);
    }

    [Fact]
    public void A_long_text_is_told_what_option_cuts_it()
    {
        Bertc.Result result = Bertc.Run("", "embed", _bundled, "--truncation", "Error", "--text", string.Concat(Enumerable.Repeat("word ", 300)));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("say --truncation Right", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void One_is_not_many()
    {
        string folder = Directory.CreateTempSubdirectory("bertc-wording-").FullName;
        try
        {
            string file = Path.Combine(folder, "one.txt");
            File.WriteAllText(file, "one\n");
            Assert.StartsWith("1 line, 3 tokens, ", Bertc.Run("", "tokenize", _bundled, file).Errors, StringComparison.Ordinal);
            Assert.Contains(", 1 text cut", Bertc.Run("", "tokenize", _bundled, file, "--max-tokens", "2").Errors, StringComparison.Ordinal);
            Assert.Equal("1 text was cut to the model's 256 tokens\n", Bertc.Run("", "embed", _bundled, "--text", string.Concat(Enumerable.Repeat("word ", 300))).Errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_parameter_is_no_word_for_a_person()
    {
        Assert.Equal("no such thing", Wording.Of(new ArgumentException("no such thing", "text")));
        Assert.Equal("too many", Wording.Of(new ArgumentOutOfRangeException("count", 7, "too many")));
        Assert.Equal("(Parameter 'x') is a text", Wording.Of(new IOException("(Parameter 'x') is a text")));
    }
}
