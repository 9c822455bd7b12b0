using BertCompiler.Tokenization;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>A text that is too long, where a call or the whole model must not cut: one exception, with the numbers.</summary>
public sealed class TruncationTest : IDisposable
{
    private const int Longest = 16;

    private static readonly string _long = new('.', 40);
    private static readonly LoadOptions _strict = new() { Truncation = Truncation.Error };

    private readonly ReplayWeights _weights = LetterTokenizer.Read();

    private ModelFacts Facts => _weights.Facts("letters", LetterTokenizer.Vocabulary.Length, Longest);

    public void Dispose() => _weights.Dispose();

    [Fact]
    public void The_exception_has_the_numbers_and_its_message_no_word_of_the_interface()
    {
        using var model = new ConstantClassifier(_weights.Open(), Facts, ["bad", "good"]);
        var options = new ClassifyOptions { Truncation = Truncation.Error };
        Expect(42, Longest, null, "the text has 42 tokens with the special tokens; letters reads 16: shorten, split, or allow a cut", () => model.Classify(_long, options: options));
        Expect(44, Longest, null, "the two texts have 44 tokens with the special tokens; letters reads 16: shorten, split, or allow a cut", () => model.Classify(_long, "a", options));
        Expect(42, Longest, 1, "text 1 has 42 tokens with the special tokens; letters reads 16: shorten, split, or allow a cut", () => model.Classify(["a", _long], options: options));
        Expect(42, 8, null, "the text has 42 tokens with the special tokens; 8 are to be read: shorten, split, or allow a cut", () => model.Classify(_long, options: options with { MaxTokens = 8 }));
        ArgumentException old = Assert.ThrowsAny<ArgumentException>(() => model.Classify(_long, options: options));
        Assert.Equal("texts", old.ParamName);
    }

    [Fact]
    public void A_tokenizer_that_cannot_cut_says_the_numbers()
    {
        using var model = new ConstantClassifier(_weights.Open(), Facts, ["bad", "good"]);
        var options = new EncodeOptions { Truncation = TruncationStrategy.OnlySecond, MaxLength = 10 };
        TruncationException error = Assert.Throws<TruncationException>(() => model.Tokenizer.Encode(_long, "a", options));
        Assert.Equal((44, 10), (error.TokenCount, error.MaxTokens));
        error = Assert.Throws<TruncationException>(() => model.Tokenizer.Encode(_long, options: options));
        Assert.Equal((42, 10), (error.TokenCount, error.MaxTokens));
    }

    [Fact]
    public void A_model_that_refuses_long_texts_refuses_them_in_every_call()
    {
        using var classifier = new ConstantClassifier(_weights.Open(), Facts, ["fit"], _strict);
        Refused(() => classifier.Classify(_long));
        Refused(() => classifier.Classify("a", _long));
        Refused(() => classifier.Classify(["a", _long]));
        Refused(() => classifier.Encode(_long).Dispose());
        Assert.Equal("fit", classifier.Classify("a").LabelText);
        using var ranker = new ConstantRanker(_weights.Open(), Facts, ["fit"], _strict);
        Refused(() => ranker.Rerank("a", ["b", _long]));
        using var filler = new ReplayedMaskedLanguageModel(_weights.Open(), Facts, new HeadFacts(), new StoredLogits(), _strict);
        Refused(() => filler.FillMask("[MASK]" + _long));
        Refused(() => filler.EncodeSparse(_long));
        using var follower = new ReplayedNextSentenceModel(_weights.Open(), Facts, new HeadFacts(), new StoredLogits(), _strict);
        Refused(() => follower.NextSentence(_long, "a"));
        using var orderer = new ReplayedSentenceOrderModel(_weights.Open(), Facts, new HeadFacts(), new StoredLogits(), _strict);
        Refused(() => orderer.SentenceOrder(_long, "a"));
        using var chooser = new ReplayedMultipleChoiceModel(_weights.Open(), Facts, new HeadFacts(), new StoredLogits(), _strict);
        Refused(() => chooser.Choose("a", ["b", _long]));
    }

    [Fact]
    public void Windows_leave_nothing_out_and_are_not_refused()
    {
        using var tagger = new LetterTagger(_weights, Longest, ["O", "X"], new() { ["anna"] = "X" }, _strict);
        Assert.Single(tagger.Tag(_long + " anna"));
        foreach (TagAggregation aggregation in new[] { TagAggregation.Words, TagAggregation.Simple })
        {
            Refused(() => tagger.Tag(_long, new TagOptions { Windows = false, Aggregation = aggregation }));
            Assert.Single(tagger.Tag("anna", new TagOptions { Windows = false, Aggregation = aggregation }));
        }

        using var answerer = new ConstantAnswerer(_weights.Open(), Facts, _strict);
        Assert.NotEmpty(answerer.Answer("a", _long));
        var options = new SquadOptions { MaxQueryLength = 5 };
        TruncationException error = Assert.Throws<TruncationException>(() => answerer.AnswerSquad("......", "anna", options));
        Assert.Equal((6, 5), (error.TokenCount, error.MaxTokens));
        Assert.False(answerer.AnswerSquad(".....", "anna", options).QuestionTruncated);
    }

    private static void Refused(Action call) => Assert.Equal(Longest, Assert.Throws<TruncationException>(call).MaxTokens);

    private static void Expect(int tokens, int most, int? index, string message, Action call)
    {
        TruncationException error = Assert.Throws<TruncationException>(call);
        Assert.Equal((tokens, most, index), (error.TokenCount, error.MaxTokens, error.TextIndex));
        Assert.Equal(message, error.Message);
    }
}
