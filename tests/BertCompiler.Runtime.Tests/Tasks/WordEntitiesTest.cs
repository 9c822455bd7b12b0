using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>Entities by words: prefixes as they are meant, words never swallowed, text cut from the original, long texts whole.</summary>
public sealed class WordEntitiesTest
{
    private static readonly string[] _bio = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];

    [Fact]
    public void Bio_joins_what_continues()
    {
        Dictionary<string, string> labels = new() { ["anna"] = "B-PER", ["bob"] = "I-PER", ["new"] = "B-LOC", ["york"] = "I-LOC" };
        Assert.Equal(["PER Anna Bob", "LOC NEW  York"], Tag("Anna Bob lives in NEW  York.", _bio, labels));
    }

    [Fact]
    public void A_beginning_ends_what_was_before()
    {
        Dictionary<string, string> labels = new() { ["anna"] = "B-PER", ["bob"] = "B-PER", ["york"] = "I-LOC" };
        Assert.Equal(["PER anna", "PER bob", "LOC york"], Tag("anna bob york", _bio, labels));
    }

    [Theory]
    [InlineData("L", "U")]
    [InlineData("E", "S")]
    public void Last_and_single_end_an_entity(string last, string alone)
    {
        string[] scheme = ["O", "B-LOC", "I-LOC", last + "-LOC", alone + "-LOC"];
        Dictionary<string, string> labels = new() { ["new"] = "B-LOC", ["york"] = "I-LOC", ["city"] = last + "-LOC", ["bob"] = alone + "-LOC", ["anna"] = "I-LOC" };
        Assert.Equal(["LOC new york city", "LOC anna", "LOC bob", "LOC bob", "LOC york"], Tag("new york city anna bob bob york", scheme, labels));
    }

    [Fact]
    public void Plain_labels_are_no_prefixes()
    {
        string[] plain = ["O", "B-side", "name"];
        Dictionary<string, string> labels = new() { ["anna"] = "name", ["bob"] = "name", ["new"] = "B-side", ["york"] = "B-side" };
        Assert.Equal(["name anna bob", "B-side new york"], Tag("anna bob . new york", plain, labels));
    }

    [Fact]
    public void A_word_has_the_label_of_its_first_piece_and_is_never_swallowed()
    {
        // "bád" is the pieces b, ##a, ##d once its accent is gone; the pipeline's rule takes each letter with an accent for a continuation.
        Dictionary<string, string> labels = new() { ["anna"] = "B-PER", ["b"] = "B-LOC", ["##a"] = "B-PER", ["##d"] = "O" };
        Assert.Equal(["PER anna", "LOC Ba\u0301d"], Tag("anna Ba\u0301d", _bio, labels));
        Assert.Equal(["PER a\u0301", "PER a"], Tag("a\u0301 a", _bio, new() { ["a"] = "B-PER" }));
        Assert.Equal(["PER a", "PER \u00e1"], Tag("a \u00e1", _bio, new() { ["a"] = "B-PER" }));
    }

    [Fact]
    public void Long_texts_are_whole_whatever_the_windows()
    {
        string text = string.Join(' ', Enumerable.Range(0, 700).Select(i => i % 7 == 3 ? "New York City" : i % 5 == 0 ? "Anna" : "in"));
        Dictionary<string, string> labels = new() { ["anna"] = "B-PER", ["new"] = "B-LOC", ["york"] = "I-LOC", ["city"] = "I-LOC" };
        using ReplayWeights weights = LetterTokenizer.Read();
        using var whole = new LetterTagger(weights, 2000, _bio, labels);
        string[] expected = Show(whole.Tag(text));
        Assert.Equal(100 + 140 - 20, expected.Length);
        foreach ((int length, int? stride) in ((int, int?)[])[(5, null), (5, 0), (8, 5), (64, null), (64, 61), (512, null)])
        {
            using var model = new LetterTagger(weights, 512, _bio, labels);
            Assert.Equal(expected, Show(model.Tag(text, new TagOptions { MaxTokens = length, Stride = stride })));
            Assert.InRange(model.MostTokens, 1, 512 + length);
        }
    }

    [Fact]
    public void Words_of_the_caller_keep_their_numbers()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        using var model = new LetterTagger(weights, 16, _bio, new() { ["new"] = "B-LOC", ["york"] = "I-LOC", ["anna"] = "B-PER" });
        string[] words = ["Anna", " ", "in", "New-York", "in", "in", "in", "in", "in", "in", "in", "in", "in", "Anna"];
        IReadOnlyList<WordTag> tags = model.TagWords(words);
        Assert.Equal([1, -1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], tags.Select(t => t.LabelIndex));
        Assert.Equal(Enumerable.Range(0, words.Length), tags.Select(t => t.Word));
        IReadOnlyList<Entity> entities = model.TagEntities(words, delimiter: "|");
        Assert.Equal([(0, 0), (3, 3), (13, 13)], entities.Select(e => (e.FirstWord, e.LastWord)));
        Assert.Equal(["Anna", "New-York", "Anna"], entities.Select(e => e.Text));
        Assert.Equal("Anna| |in|".Length, entities[1].Span.Start);
    }

    private static string[] Tag(string text, string[] labels, Dictionary<string, string> byToken)
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        using var model = new LetterTagger(weights, 64, labels, byToken);
        return Show(model.Tag(text));
    }

    private static string[] Show(IReadOnlyList<Entity> entities) => [.. entities.Select(e => $"{e.Kind} {e.Text}")];
}
