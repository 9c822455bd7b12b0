using BertCompiler.Core.Plan;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Options of embedding calls: what they cost, and what is refused.</summary>
public sealed class SentenceOptionsTest
{
    [SharedTheory]
    [InlineData("prompts_excluded_mean")]
    [InlineData("dense_silu_residual")]
    public void Nothing_is_allocated_for_a_text(string name)
    {
        using SentenceEncoder model = Load(name);
        var vector = new float[model.Facts.Dimension];
        var options = new EmbedOptions { Prompt = "Instruct: ", Dimensions = 8, Normalize = true };
        for (int i = 0; i < 3; i++)
        {
            model.Embed("A man is playing a guitar.", vector);
            model.Embed("A man is playing a guitar.", vector, options);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Embed("A man is playing a guitar.", vector);
        model.Embed("A man is playing a guitar.", vector, options);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SharedFact]
    public void What_cannot_be_met_is_refused()
    {
        using SentenceEncoder model = Load("prompts_default");
        ArgumentException prompt = Assert.Throws<ArgumentException>(() => model.Embed("a", new EmbedOptions { PromptName = "web" }));
        Assert.Contains("'web'", prompt.Message, StringComparison.Ordinal);
        Assert.Contains("'passage'", prompt.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Embed("a", new EmbedOptions { Dimensions = 0 }));
        int most = model.Sentence.FullDimension;
        Assert.Equal(most, model.Embed("a", new EmbedOptions { Dimensions = most }).Length);
        Assert.Contains($"1 to {most} numbers", Assert.Throws<ArgumentException>(() => model.Embed("a", new EmbedOptions { Dimensions = most + 1 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Embed("a", new float[7], new EmbedOptions { Dimensions = 8 }));
        Assert.Throws<ArgumentException>(() => model.Similarity(new float[2], new float[3]));
        string longText = string.Concat(Enumerable.Repeat("word ", 100));
        TruncationException error = Assert.Throws<TruncationException>(() => model.Embed(longText, Truncation.Error));  // 3: the default prompt
        Assert.Equal((102 + 3, model.Facts.MaxTokens, null), (error.TokenCount, error.MaxTokens, error.TextIndex));
        Assert.Equal(1, model.Embed(longText, new float[32]).Truncated);
    }

    /// <summary>The plain call's array cannot say that a text was cut: a model can be loaded so that none is.</summary>
    [SharedFact]
    public void A_model_that_refuses_long_texts_refuses_them_in_every_call()
    {
        using SentenceEncoder model = Load("prompts_default", new LoadOptions { Truncation = Truncation.Error });
        string longText = string.Concat(Enumerable.Repeat("word ", 100));
        Assert.NotEmpty(model.Embed("word"));
        Assert.Throws<TruncationException>(() => model.Embed(longText));
        Assert.Throws<TruncationException>(() => model.Embed(longText, Truncation.Right));
        Assert.Throws<TruncationException>(() => model.EmbedQuery(longText));
        Assert.Throws<TruncationException>(() => model.Embed(longText, new float[32]));
        Assert.Throws<TruncationException>(() => model.Encode(longText));
        TruncationException error = Assert.Throws<TruncationException>(() => model.Embed(["word", longText], new float[64]));
        Assert.Equal(1, error.TextIndex);
        Assert.StartsWith("text 1 has 105 tokens with the special tokens; ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A prompt counts: a text that fits without it may not fit with it.</summary>
    [SharedFact]
    public void A_prompt_takes_room()
    {
        using SentenceEncoder model = Load("max_seq_length_12_prompt");
        var options = new EmbedOptions { Truncation = Truncation.Error };
        model.Embed("The stock market fell.", options);
        Assert.Throws<TruncationException>(() => model.Embed("The stock market fell.", options with { Prompt = "Represent this sentence: " }));
    }

    [Fact]
    public void Ranges_and_bits_need_whole_embeddings()
    {
        Assert.Throws<ArgumentException>(() => EmbeddingRanges.OfSample([1f, 2f, 3f], 3));
        Assert.Throws<ArgumentException>(() => EmbeddingRanges.OfSample([1f, 2f, 3f, 4f], 3));
        Assert.Throws<ArgumentException>(() => EmbeddingRanges.OfSample([1f, float.NaN], 1));
        Assert.Throws<ArgumentException>(() => new EmbeddingRanges([1f], [0f]));
        Assert.Throws<ArgumentException>(() => new EmbeddingRanges([], []));
        var ranges = new EmbeddingRanges([0f, 5f], [255f, 5f]);
        Assert.Throws<ArgumentException>(() => ranges.Quantize([1f, 2f, 3f], new byte[3]));
        Assert.Throws<ArgumentException>(() => ranges.Quantize([1f, 2f], new byte[1]));
        Assert.Throws<ArgumentException>(() => BinaryEmbedding.Pack([1f, 2f, 3f], 2, new byte[2]));
        Assert.Throws<ArgumentException>(() => BinaryEmbedding.Pack([1f, 2f], 2, Span<byte>.Empty));
        var bytes = new byte[4];
        ranges.Quantize([-1f, 7.5f, 1000f, 5f], bytes);
        Assert.Equal([0, 2, 255, 0], bytes);
    }

    private static SentenceEncoder Load(string name, LoadOptions? options = null)
    {
        using TaskFolder folder = TaskFolder.Open(SharedData.Require("golden", "tasks", "sentence_embeddings", name));
        return (SentenceEncoder)ModelCache.OfUser.Get(folder.Model(), Taps.None).Load(options);
    }
}
