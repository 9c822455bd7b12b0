using System.Collections.Concurrent;
using BertCompiler.Core.Plan;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Compiled typed classes: their enums, and the same bits alone, in a batch, and from several threads.</summary>
public sealed class TypedModelTests
{
    private static readonly string[] _texts = [.. Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Repeat("What a wonderful film, but the battery lasts two days.", i % 9)) + i)];

    [SharedFact]
    public void A_class_has_its_labels_as_an_enum()
    {
        using EncoderModel model = Load("text_classification", "bert_4_labels");
        object result = model.GetType().GetMethod("Classify", [typeof(string), typeof(string), typeof(ClassifyOptions)])!.Invoke(model, ["What a wonderful film!", null, null])!;
        object label = result.GetType().GetProperty("Label")!.GetValue(result)!;
        Assert.Equal(["Negative", "Neutral", "Positive", "MixedFeelings"], Enum.GetNames(label.GetType()));
        Assert.Equal(((Classification)result).LabelIndex, (int)label);
    }

    [SharedFact]
    public void A_text_has_the_same_bits_in_any_company()
    {
        float[][] alone;
        using (var crew = new Crew(1))
        using (var model = (SequenceClassifier)Load("text_classification", "bert_4_labels", crew)) alone = [.. _texts.Select(t => model.Classify(t).Logits.ToArray())];
        using var two = new Crew(2);
        using var many = (SequenceClassifier)Load("text_classification", "bert_4_labels", two);
        IReadOnlyList<Classification> batch = many.Classify(_texts);
        for (int i = 0; i < _texts.Length; i++) Assert.Equal(alone[i], batch[i].Logits);
    }

    [SharedFact]
    public void Several_threads_may_ask_at_once()
    {
        using var model = (QuestionAnswerer)Load("question_answering", "bert");
        string context = string.Join(' ', _texts);
        Answer expected = model.Answer("How long does it last?", context)[0];
        var found = new ConcurrentBag<Answer>();
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => found.Add(model.Answer("How long does it last?", context)[0]));
        Assert.All(found, a => Assert.Equal(expected, a));
        Assert.Equal(expected.Text, context[expected.Span.Start..expected.Span.End]);
    }

    [SharedFact]
    public void A_cross_encoder_ranks_and_a_tagger_reads_long_texts_whole()
    {
        using var ranker = (CrossEncoder)Load("text_classification", "roberta_1_label");
        IReadOnlyList<RankedDocument> ranked = ranker.Rerank("film", _texts);
        Assert.Equal(ranked.OrderByDescending(r => r.Score).Select(r => r.Index), ranked.Select(r => r.Index));
        Assert.All(ranked, r => Assert.Equal(_texts[r.Index], r.Text));
        using var tagger = (TokenClassifier)Load("token_classification", "bert_bio");
        string text = string.Join(' ', _texts);
        IReadOnlyList<Entity> entities = tagger.Tag(text);
        Assert.True(entities[^1].Span.End > text.Length * 9 / 10);
        Assert.All(entities.Zip(entities.Skip(1)), pair => Assert.True(pair.First.Span.End <= pair.Second.Span.Start));
        Assert.All(entities, e => Assert.Equal(text[e.Span.Start..e.Span.End], e.Text));
    }

    private static EncoderModel Load(string task, string name, Crew? crew = null) =>
        ModelCache.OfUser.Get(SharedData.Require("golden", "tasks", task, name), Taps.None).Load(new LoadOptions { Crew = crew });
}
