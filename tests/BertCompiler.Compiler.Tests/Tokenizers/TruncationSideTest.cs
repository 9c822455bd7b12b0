using System.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>A tokenizer whose files say that texts are cut on the left cuts them there, by every way of cutting.</summary>
public sealed class TruncationSideTest
{
    private const string Left = """{"truncation_side":"left"}""";

    [Theory]
    [InlineData(Left, "null", true)]
    [InlineData("""{"truncation_side":"right"}""", """{"direction":"Left","max_length":9,"strategy":"LongestFirst","stride":0}""", false)]
    [InlineData("{}", """{"direction":"Left","max_length":9,"strategy":"LongestFirst","stride":0}""", true)]
    [InlineData("{}", """{"direction":"Right","max_length":9,"strategy":"LongestFirst","stride":0}""", false)]
    [InlineData("""{"truncation_side":null}""", "null", false)]
    public void The_config_says_it_else_the_block_of_tokenizer_json(string config, string block, bool left)
    {
        using BesideFiles folder = new BesideFiles().WithJson(truncation: block).With("tokenizer_config.json", config).With("config.json", "{}");
        using var loaded = new LoadedTokenizer(folder.Read().Tokenizer!);
        Assert.Equal(left ? TextSide.Left : TextSide.Right, loaded.Tokenizer.TruncationSide);
    }

    [Fact]
    public void Every_vocabulary_has_it()
    {
        using BesideFiles words = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("tokenizer_config.json", Left);
        using BesideFiles merges = new BesideFiles().WithMerges().With("tokenizer_config.json", Left);
        foreach (BesideFiles folder in (BesideFiles[])[words, merges])
        {
            using var loaded = new LoadedTokenizer(folder.Read().Tokenizer!);
            Assert.Equal(TextSide.Left, loaded.Tokenizer.TruncationSide);
        }
    }

    [Fact]
    public void Another_word_is_refused()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("tokenizer_config.json", """{"truncation_side":"middle"}""");
        Problem problem = Assert.Single(folder.Read().Problems);
        Assert.Equal("BERT1301", problem.Kind.Id);
        Assert.Contains("'middle'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_way_of_cutting_keeps_the_end()
    {
        const string text = "hello world 1 e";
        int[] expected = [2, 12, 7, 3];
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("tokenizer_config.json", Left);
        using var loaded = new LoadedTokenizer(folder.Read().Tokenizer!);
        Tokenizer tokenizer = loaded.Tokenizer;
        TokenEncoding encoding = tokenizer.Encode(text, options: new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = 4 });
        Assert.Equal(expected, encoding.Ids());
        Assert.Equal([2, 10, 14, 3], Assert.Single(encoding.Overflow).Ids());
        var ids = new int[4];
        Assert.Equal(4, tokenizer.EncodeToIds(text, ids, out bool cut));
        Assert.True(cut);
        Assert.Equal(expected, ids);
        Assert.Equal(4, tokenizer.EncodeToIds(Encoding.UTF8.GetBytes(text), ids, out cut));
        Assert.Equal(expected, ids);
        var batch = new TokenBatch();
        Assert.True(tokenizer.Append(text, 4, batch));
        Assert.True(tokenizer.Append(Encoding.UTF8.GetBytes(text), 4, batch));
        Assert.Equal(1, tokenizer.AppendAll([text, "hello"], 4, batch));
        Assert.Equal([.. expected, .. expected, .. expected, 2, 10, 3], batch.Ids.ToArray());
    }

    [Fact]
    public void What_the_caller_says_rules()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("tokenizer_config.json", Left);
        using var loaded = new LoadedTokenizer(folder.Read().Tokenizer!);
        var options = new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = 4, TruncationSide = TextSide.Right };
        Assert.Equal([2, 10, 14, 3], loaded.Tokenizer.Encode("hello world 1 e", options: options).Ids());
    }
}
