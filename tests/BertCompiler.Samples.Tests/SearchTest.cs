using System.Text.Json;
using BertCompiler.Testing;
using SemanticSearch;
using SemanticSearch.Indexing;
using SemanticSearch.Output;
using SemanticSearch.Passages;
using SemanticSearch.Searching;

namespace BertCompiler.Samples.Tests;

/// <summary>The bundled model over the texts that come with the sample.</summary>
public sealed class SearchTest : IClassFixture<SearchTest.Ready>
{
    private readonly Ready _ready;

    public SearchTest(Ready ready) => _ready = ready;

    [Theory]
    [InlineData("how do bees find their way home", "language.md", "bee")]
    [InlineData("why did the plague spread so quickly", "black-death.md", "spread")]
    [InlineData("can apes learn to talk", "language.md", "apes")]
    [InlineData("weapons that ended the age of knights", "gunpowder-and-nomads.md", "knights")]
    [InlineData("what did ancient merchants trade between China and Rome", "silk-roads.md", "trade")]
    [InlineData("why do people keep dogs and cats", "humans-and-animals.md", "Pets")]
    [InlineData("killing microorganisms with heat", "keeping-germs-away.md", "Heat")]
    public void The_best_passage_is_about_the_question(string query, string file, string word)
    {
        Hit best = _ready.Searcher.Search(query, 3)[0];
        Assert.Equal(file, Path.GetFileName(best.Path));
        Assert.Contains(word, best.Sentence.Of(best.Passage.Text), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Answers_are_ranked_bounded_and_no_sentence_comes_twice()
    {
        IReadOnlyList<Hit> hits = _ready.Searcher.Search("money", 20);
        Assert.Equal(20, hits.Count);
        Assert.Equal(hits.Select(h => h.Score).OrderDescending(), hits.Select(h => h.Score));
        Assert.All(hits, h => Assert.InRange(h.Score, -1f, 1.0001f));
        Assert.Equal(20, hits.Select(h => h.Path + h.Sentence.Of(h.Passage.Text)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_hit_stands_in_the_line_that_is_named()
    {
        Hit hit = _ready.Searcher.Search("can apes learn to talk", 1)[0];
        string line = File.ReadAllLines(hit.Path)[hit.Passage.Line - 1];
        Assert.Contains(hit.Sentence.Of(hit.Passage.Text), line, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_output_marks_the_sentence_and_lets_no_control_character_through()
    {
        var hit = new Hit("/x/a.txt", new Passage("", "First one. Second \e[31mone. Third.", 7), 0.5f, new TextRange(11, 16));
        var plain = new StringWriter();
        new TextPrinter(plain, colours: false, width: 100, Path.GetFileName!).Print("q", [hit]);
        Assert.Equal("1. 0.50  a.txt:7\n   First one. »Second  [31mone.« Third.\n\n", plain.ToString().ReplaceLineEndings("\n"));
        var coloured = new StringWriter();
        new TextPrinter(coloured, colours: true, width: 20, Path.GetFileName!).Print("q", [hit]);
        Assert.Contains("\e[1;33mSecond", coloured.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m", coloured.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_output_is_one_object_a_line()
    {
        using var output = new MemoryStream();
        var printer = new JsonPrinter(output);
        printer.Print("one", _ready.Searcher.Search("bees", 2));
        printer.Print("two", []);
        string[] lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(2, first.RootElement.GetProperty("results").GetArrayLength());
        Assert.True(first.RootElement.GetProperty("results")[0].GetProperty("line").GetInt32() > 0);
    }

    public sealed class Ready : IDisposable
    {
        private readonly Embedder _embedder = Embedder.Load();
        private readonly TemporaryFolder _folder = new();

        public Ready()
        {
            ISentenceEncoder model = _embedder;
            var options = new SearchOptions
            {
                Queries = [], Places = [Path.Combine(SharedData.Repository, "samples", "SemanticSearch", "texts")], Top = 3, Json = false, IndexPath = _folder.At("index"),
            };
            Searcher = new Searcher(model, new IndexKeeper(model, _ => { }).Update(options, default).Index);
        }

        internal Searcher Searcher { get; }

        public void Dispose()
        {
            _embedder.Dispose();
            _folder.Dispose();
        }
    }
}
