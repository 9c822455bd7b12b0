using SemanticSearch.Passages;

namespace BertCompiler.Samples.Tests;

public sealed class PassageSplitterTest
{
    private static readonly string Filler = string.Join(' ', Enumerable.Repeat("This sentence only makes the paragraph longer.", 5));

    private static IReadOnlyList<Passage> Split(string text, bool isMarkdown = true, int window = 60) =>
        new PassageSplitter(t => new CountingModel().CountTokens(t), window).Split(text, isMarkdown);

    [Fact]
    public void Headings_are_kept_as_context_with_the_line_of_the_paragraph()
    {
        IReadOnlyList<Passage> passages = Split($"# Bees\n\n## Dance\n\n{Filler}\n\n## Hive\n{Filler}\n\nWasps\n=====\n\n{Filler}\n");
        Assert.Equal(["Bees › Dance", "Bees › Hive", "Wasps"], passages.Select(p => p.Heading));
        Assert.Equal([5, 8, 13], passages.Select(p => p.Line));
    }

    [Fact]
    public void Front_matter_and_comments_are_no_text()
    {
        Passage passage = Assert.Single(Split($"---\ntitle: secret\n---\n<!-- hidden\nhidden too -->\n\n{Filler}"));
        Assert.Equal((Filler, 7), (passage.Text, passage.Line));
    }

    [Fact]
    public void A_code_fence_keeps_its_lines_and_holds_no_heading()
    {
        IReadOnlyList<Passage> passages = Split($"# Title\n\n{Filler}\n\n```sh\n# not a heading\n\nmake all\n```\n\n{Filler}");
        Assert.Equal([$"{Filler}\n# not a heading\nmake all", Filler], passages.Select(p => p.Text));
        Assert.All(passages, p => Assert.Equal("Title", p.Heading));
    }

    [Fact]
    public void Marks_of_markdown_are_not_text()
    {
        Passage passage = Assert.Single(Split("> See **the [long guide](guide.md)** and `code` \\*here\\*."));
        Assert.Equal("See the long guide and code *here*.", passage.Text);
    }

    [Fact]
    public void Tiny_items_are_merged_under_one_heading_only()
    {
        IReadOnlyList<Passage> passages = Split("# A\n- one\n- two\n\n# B\n- three\n");
        Assert.Equal([("A", "one\ntwo", 2), ("B", "three", 6)], passages.Select(p => (p.Heading, p.Text, p.Line)));
    }

    [Fact]
    public void Long_paragraphs_become_windows_that_fit_and_share_a_sentence()
    {
        string text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"Sentence number {i} has exactly seven words."));
        IReadOnlyList<Passage> passages = Split(text, window: 30);
        var model = new CountingModel();
        Assert.All(passages, p => Assert.InRange(model.CountTokens(p.Text), 1, 30));
        for (int i = 0; i < 60; i++) Assert.Contains(passages, p => p.Text.Contains($"number {i} has", StringComparison.Ordinal));
        for (int i = 1; i < passages.Count; i++)
        {
            TextRange last = SentenceSplitter.Split(passages[i - 1].Text)[^1];
            Assert.StartsWith(last.Of(passages[i - 1].Text), passages[i].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_word_without_an_end_is_cut()
    {
        IReadOnlyList<Passage> passages = Split(new string('x', 10_000), isMarkdown: false, window: 50);
        Assert.Equal(10_000, passages.Sum(p => p.Text.Length));
    }

    [Fact]
    public void A_long_line_of_plain_text_is_a_paragraph_and_short_lines_are_joined()
    {
        IReadOnlyList<Passage> passages = Split($"{Filler}\n{Filler}\n\nshort\nlines\n", isMarkdown: false);
        Assert.Equal([Filler, Filler + "\nshort lines"], passages.Select(p => p.Text));
    }

    [Theory]
    [InlineData("Dr. Snow looked. He found a pump!", new[] { "Dr. Snow looked.", "He found a pump!" })]
    [InlineData("It is 3.5 m, e.g. Here. \"Really?\" Yes", new[] { "It is 3.5 m, e.g. Here.", "\"Really?\"", "Yes" })]
    [InlineData("J. R. Tolkien wrote.\nnext line", new[] { "J. R. Tolkien wrote.", "next line" })]
    [InlineData("", new string[0])]
    public void Sentences_end_where_a_reader_ends_them(string text, string[] expected) =>
        Assert.Equal(expected, SentenceSplitter.Split(text).Select(s => s.Of(text)));
}
