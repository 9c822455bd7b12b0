using BertCompiler.Tokenization;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>Odd and wrong arguments: a defined result, or one error that names the argument.</summary>
public sealed class BadInputTest : IDisposable
{
    private readonly ReplayWeights _weights = LetterTokenizer.Read();

    private ModelFacts Facts => _weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 16);

    public void Dispose() => _weights.Dispose();

    [Fact]
    public void Classifying()
    {
        using var model = new ConstantClassifier(_weights.Open(), Facts, ["bad", "good"]);
        Assert.Empty(model.Classify([]));
        Assert.Equal("good", model.Classify("").LabelText);
        Assert.False(model.Classify("anna").Truncated);
        Assert.True(model.Classify(string.Concat(Enumerable.Repeat("anna bob ", 1_100_000))).Truncated);
        Assert.True(model.Classify("anna", new string('.', 40)).Truncated);
        Assert.Equal("pairs", Assert.Throws<ArgumentException>(() => model.Classify(["a", "b"], ["c"])).ParamName);
        Assert.Equal("texts", Assert.Throws<ArgumentException>(() => model.Classify(["a", null!])).ParamName);
        TruncationException error = Assert.Throws<TruncationException>(() => model.Classify([new string('.', 40)], options: new ClassifyOptions { Truncation = Truncation.Error }));
        Assert.Contains("42 tokens", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Classify("a", options: new ClassifyOptions { MaxTokens = 17 }));
        Assert.Throws<ArgumentException>(() => model.Classify("a", options: new ClassifyOptions { MaxTokens = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Classify("a").Ranked(0));
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Classify("a"));
    }

    [Fact]
    public void Ranking()
    {
        using var model = new ConstantRanker(_weights.Open(), Facts, ["fit"]);
        Assert.Empty(model.Rerank("a", []));
        Assert.Equal([0, 1], model.Rerank("", ["b", ""]).Select(d => d.Index));
        Assert.Single(model.Rerank("a", ["b", "c"], top: 1));
        Assert.True(model.Rerank(new string('.', 40), ["b"])[0].Truncated);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Rerank("a", ["b"], top: 0));
        Assert.Equal("documents", Assert.Throws<ArgumentException>(() => model.Rerank("a", [null!])).ParamName);
        Assert.Throws<TruncationException>(() => model.Rerank("a", [new string('.', 40)], truncation: Truncation.Error));
    }

    /// <summary>A model with several labels has no such method: a program that would fail does not compile.</summary>
    [Fact]
    public void Only_a_model_with_one_label_ranks()
    {
        Assert.Null(typeof(SequenceClassifier).GetMethod(nameof(CrossEncoder.Rerank)));
        Assert.Null(typeof(SequenceClassifier<>).GetMethod(nameof(CrossEncoder.Rerank)));
        Assert.Equal("head", Assert.Throws<ArgumentException>(() => new ConstantRanker(_weights.Open(), Facts, ["bad", "good"])).ParamName);
    }

    [Fact]
    public void Tagging()
    {
        using var model = new LetterTagger(_weights, 16, ["O", "X"], new() { ["anna"] = "X" });
        Assert.Empty(model.Tag(""));
        Assert.Empty(model.Tag(" \n\t"));
        Assert.Empty(model.Tag([]));
        Assert.Empty(model.TagEntities([]));
        Assert.Empty(model.TagWords(Array.Empty<string>()));
        Assert.Equal([-1, -1], model.TagWords(["", " "]).Select(t => t.LabelIndex));
        Assert.Single(model.Tag("anna \ud800"));
        Assert.Equal("words", Assert.Throws<ArgumentException>(() => model.TagEntities([null!])).ParamName);
        Assert.Equal("texts", Assert.Throws<ArgumentException>(() => model.Tag([null!])).ParamName);
        Assert.Throws<ArgumentException>(() => model.Tag("anna", new TagOptions { MaxTokens = 1000 }));
        Assert.Throws<ArgumentException>(() => model.Tag("anna", new TagOptions { Stride = 14 }));
        Assert.Throws<ArgumentException>(() => model.Tag("anna", new TagOptions { Stride = -1 }));
        Assert.Equal(2, model.Tag("anna . anna", new TagOptions { IgnoreLabels = ["O"], Aggregation = TagAggregation.Simple }).Count);
    }

    [Fact]
    public void Answering()
    {
        using var model = new ConstantAnswerer(_weights.Open(), Facts);
        Assert.Equal("anna", Assert.Single(model.Answer("", "anna")).Text);
        Assert.Empty(model.Answer("anna", " "));
        Assert.True(Assert.Single(model.Answer("anna", " ", new AnswerOptions { HandleImpossible = true })).IsImpossible);
        Assert.Equal("context", Assert.Throws<ArgumentException>(() => model.Answer("a", "")).ParamName);
        TruncationException error = Assert.Throws<TruncationException>(() => model.Answer(new string('.', 30), "anna bob"));
        Assert.Equal("question", error.ParamName);
        Assert.Contains("30 tokens", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Answer("a", "b", new AnswerOptions { Top = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Answer("a", "b", new AnswerOptions { MaxAnswerTokens = 0 }));
        Assert.Throws<ArgumentException>(() => model.Answer("a", "b", new AnswerOptions { MaxLength = 17 }));
        Assert.Throws<ArgumentException>(() => model.Answer("a", "b", new AnswerOptions { DocStride = 16 }));
        Assert.Equal(int.MaxValue, new AnswerOptions { Top = int.MaxValue }.Top);
        Assert.NotEmpty(model.Answer("a", "b", new AnswerOptions { Top = int.MaxValue, MaxAnswerTokens = int.MaxValue }));
        Assert.Equal("empty", model.AnswerSquad("a", "").Text);
        Assert.True(model.AnswerSquad(new string('.', 30), "anna", new SquadOptions { MaxQueryLength = 5 }).QuestionTruncated);
        Assert.Throws<TruncationException>(() => model.AnswerSquad(new string('.', 30), "anna"));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.AnswerSquad("a", "anna", new SquadOptions { DocStride = 0 }));
    }

    [Fact]
    public void Choosing()
    {
        using var model = new ReplayedMultipleChoiceModel(_weights.Open(), Facts, new HeadFacts(), new StoredLogits());
        Assert.Equal("choices", Assert.Throws<ArgumentException>(() => model.Choose("a", [])).ParamName);
        Assert.Equal("choices", Assert.Throws<ArgumentException>(() => model.Choose("a", [null!])).ParamName);
    }

    [Fact]
    public void Filling()
    {
        using var model = new ReplayedMaskedLanguageModel(_weights.Open(), Facts, new HeadFacts(), new StoredLogits());
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => model.FillMask("anna")).ParamName);
        Assert.Contains("first 16 tokens", Assert.Throws<ArgumentException>(() => model.FillMask(new string('.', 30) + "[MASK]")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.FillMask("[MASK]", top: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.FillMask("[MASK]", top: 1000));
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => model.FillMask("[MASK]", targets: [])).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => model.FillMask("[MASK]", targets: [" "])).ParamName);
        Assert.Empty(model.EncodeSparse([]));
    }

    [Fact]
    public void Padding_that_is_written_in_a_text_is_no_part_of_a_filled_one()
    {
        const string text = "[MASK] [PAD] anna [MASK]";
        var logits = new StoredLogits();
        using var model = new ReplayedMaskedLanguageModel(_weights.Open(), Facts, new HeadFacts(), logits);
        var row = new float[LetterTokenizer.Vocabulary.Length];
        row[model.Tokenizer.IdOf("bob")!.Value] = 1;
        int[] ids = model.Tokenizer.Encode(text).Ids();
        logits.Add("logits", ids, [.. Enumerable.Repeat(row, ids.Length).SelectMany(r => r)]);
        IReadOnlyList<MaskPrediction> found = model.FillMask(text, top: 1);
        Assert.Equal(["[CLS] bob anna [MASK] [SEP]", "[CLS] [MASK] anna bob [SEP]"], found.Select(m => m.Best.Sequence));
        Assert.Equal(["[MASK]", "[MASK]"], found.Select(m => text[m.Span.Start..m.Span.End]));
        Assert.Equal(0, found[0].Span.Start);
        double z = Math.E + row.Length - 1;
        Assert.Equal(Math.E / z, found[0].Best.Score, 1e-6);
        Assert.Equal([1 / z], model.FillMask(text, targets: ["anna"])[0].Candidates.Select(c => (double)c.Score), (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
