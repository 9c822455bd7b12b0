using System.Globalization;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Folders that people reported (golden/reports), by the command that they would give.</summary>
public sealed class ReportedFoldersTests
{
    /// <summary>Both are cut at 4 tokens and lower-cased: one name of the settings is as good as another.</summary>
    [SharedTheory]
    [InlineData("right")]
    [InlineData("wrong")]
    public void Settings_count_under_each_of_their_names(string folder) => AssertEmbeds([0.68179774f, 0.8381425f], "A B c d e", "sentence_config_names", folder);

    [SharedFact]
    public void A_text_is_cut_on_the_left_where_the_tokenizer_says_so()
    {
        AssertEmbeds([0.23099525f, 1.0663148f], "a b c d", "truncation_side_left");
        AssertEmbeds([0.23099525f, 1.0663148f], "c d", "truncation_side_left");
    }

    private static void AssertEmbeds(float[] first, string text, params string[] folder)
    {
        Bertc.Result result = Bertc.Run("", "embed", SharedData.Require(["golden", "reports", .. folder]), "--text", text);
        Assert.True(result.ExitCode == 0, result.Errors);
        string numbers = result.Output[(result.Output.IndexOf('[', StringComparison.Ordinal) + 1)..];
        float[] actual = [.. numbers.Split(',').Take(first.Length).Select(n => float.Parse(n, CultureInfo.InvariantCulture))];
        Assert.Equal(first, actual);
    }
}
