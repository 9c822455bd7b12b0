using System.Text;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>JSON is read strictly, and every value knows its place.</summary>
public sealed class JsonDocumentReaderTest
{
    [Fact]
    public void Values_know_their_place()
    {
        ConfigNode root = Parse("{\n  \"ä\": [1, true,\r\n \"x\\u00e9\"],\n\t\"b\": {\"c\": null}\n}");
        Assert.Equal((1, 1), (root.Line, root.Column));
        ConfigNode list = root["ä"]!;
        Assert.Equal((ConfigNodeKind.List, 2, 8), (list.Kind, list.Line, list.Column));
        Assert.Equal([(2, 9), (2, 12), (3, 2)], list.Items.Select(i => (i.Line, i.Column)));
        Assert.Equal(["1", "", "xé"], list.Items.Select(i => i.Text));
        Assert.Equal((ConfigNodeKind.Null, 4, 13), (root["b"]!["c"]!.Kind, root["b"]!["c"]!.Line, root["b"]!["c"]!.Column));
        Assert.Null(root["absent"]);
        Assert.Null(list["x"]);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal("1", Parse("\uFEFF{\"a\": 1}")["a"]!.Text);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("{\"a\": NaN}")]
    [InlineData("{\"a\": Infinity}")]
    [InlineData("{\"a\": 01}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{\"a\": 1} 2")]
    [InlineData("{\"a\": 1 /* comment */}")]
    [InlineData("{'a': 1}")]
    [InlineData("{\"a\": \"\\ud800\"}")]
    [InlineData("{\"\\udc00\": 1}")]
    [InlineData("{\"a\": \"line\nbreak\"}")]
    public void Anything_else_is_malformed(string text) => Assert.Equal(ProblemKinds.ConfigMalformed, Fault(Encoding.UTF8.GetBytes(text)).Kind);

    [Fact]
    public void A_name_twice_is_malformed_and_named_with_its_place()
    {
        Problem problem = Fault("{\"a\": {\"size\": 1,\n \"size\": 1}}"u8);
        Assert.Equal((2, 2), (problem.Line, problem.Column));
        Assert.Contains("'size'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_name_before_a_fault_is_given()
    {
        Problem problem = Fault("{\"a\": 1,\n \"layer_norm_eps\": NaN}"u8);
        Assert.Contains("layer_norm_eps", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, problem.Line);
    }

    [Fact]
    public void Invalid_utf8_is_malformed_at_its_place()
    {
        Problem problem = Fault([.. "{\n\"a\": \""u8, 0xff, 0xfe, .. "\"}"u8]);
        Assert.Equal((2, 7), (problem.Line, problem.Column));
    }

    [Theory]
    [InlineData(ConfigLimits.Depth, true)]
    [InlineData(ConfigLimits.Depth + 1, false)]
    [InlineData(1_000_000, false)]
    public void Depth_is_bounded(int depth, bool sound)
    {
        string text = new string('[', depth) + new string(']', depth);
        if (sound) Parse(text);
        else Assert.Equal(ProblemKinds.ConfigMalformed, Fault(Encoding.UTF8.GetBytes(text)).Kind);
    }

    [Fact]
    public void Size_is_bounded()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.json"], "{\"a\": 1}");
        Assert.Equal("1", JsonDocumentReader.ReadFile(folder["x.json"], ProblemKinds.ConfigMalformed, 8)["a"]!.Text);
        Assert.Throws<ImportException>(() => JsonDocumentReader.ReadFile(folder["x.json"], ProblemKinds.ConfigMalformed, 7));
    }

    /// <summary>Half a million values on one line: places are counted in one pass.</summary>
    [Fact]
    public void A_long_line_takes_no_longer_than_many_lines()
    {
        string text = "[" + string.Join(",", Enumerable.Repeat("\"ä\"", 500_000)) + "]";
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        ConfigNode root = Parse(text);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.Equal(2 + (499_999 * 4), root.Items[^1].Column);
    }

    private static ConfigNode Parse(string text) => JsonDocumentReader.Parse(Encoding.UTF8.GetBytes(text), new JsonSource("x.json", ProblemKinds.ConfigMalformed));

    private static Problem Fault(ReadOnlySpan<byte> text)
    {
        try
        {
            JsonDocumentReader.Parse(text, new JsonSource("x.json", ProblemKinds.ConfigMalformed));
        }
        catch (ImportException e)
        {
            return e.Problem;
        }

        throw new Xunit.Sdk.XunitException("it was read");
    }
}
