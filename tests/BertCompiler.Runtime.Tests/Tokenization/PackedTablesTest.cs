using System.Text;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>The packed tables give back what was put in.</summary>
public sealed class PackedTablesTest
{
    [SharedTheory]
    [InlineData("bert_uncased")]
    [InlineData("roberta_gpt2bpe")]
    [InlineData("xlmr")]
    [InlineData("odd10_herbert_bpe")]
    public void EveryTextHasItsId(string name)
    {
        TokenizerDescription description = GoldenTokenizers.Describe(name);
        using var model = new PackedModel(description);
        foreach ((string text, int id) in description.Pieces)
        {
            Assert.Equal(id, model.Tables.IdOf(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(text, model.Tables.StringOf(id));
            Assert.Equal(-1, model.Tables.IdOf(Encoding.UTF8.GetBytes(text + "\u0001")));
        }
    }

    /// <summary>Texts of 8 bytes lie in their slot, longer ones do not, and from 255 bytes on the slot does not say how long.</summary>
    [Theory]
    [InlineData(TokenizerModelKind.WordLevel)]
    [InlineData(TokenizerModelKind.WordPiece)]
    public void TextsOfAllLengthsAreTold(TokenizerModelKind kind)
    {
        int[] lengths = [.. Enumerable.Range(1, 40), 253, 254, 255, 256, 257, 300];
        string[] texts = [.. lengths.Select(n => string.Concat(Enumerable.Range(0, n).Select(i => (char)('a' + (i % 26)))))];
        TokenizerDescription description = PackedModel.Describe(kind, ["?", .. texts]) with { MaxWordLength = 1000, ContinuationPrefix = "##" };
        using var model = new PackedModel(description);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal([i + 1], model.Ids(texts[i]));
            Assert.Equal([0], model.Ids("#" + texts[i]));
            Assert.Equal([0], model.Ids(texts[i][..^1] + "#"));
            Assert.Equal([0], model.Ids(texts[i] + "\0"));
        }
    }

    [Fact]
    public void NulIsACharacter()
    {
        using var model = new PackedModel(PackedModel.Describe(TokenizerModelKind.WordLevel, "?", "a", "a\0", "a\0\0", "\0"));
        Assert.Equal([1, 2, 3, 4, 0], model.Ids("a", "a\0", "a\0\0", "\0", "\0\0"));
    }

    [Fact]
    public void OverlongWordsAreCountedInCodePoints()
    {
        TokenizerDescription description = PackedModel.Describe(TokenizerModelKind.WordPiece, "?", "\u00E9\u4E2D\U0001F600", "##b", "##bb") with { MaxWordLength = 5, ContinuationPrefix = "##" };
        using var model = new PackedModel(description);
        Assert.Equal([1, 3], model.Ids("\u00E9\u4E2D\U0001F600bb"));
        Assert.Equal([0], model.Ids("\u00E9\u4E2D\U0001F600bbb"));
        Assert.Equal([0], model.Ids("\u00E9\u4E2D\U0001F600c"));
        Assert.Equal([0], model.Ids("b"));
    }

    [Fact]
    public void ManyEntriesArePackedInSeconds()
    {
        var random = new Random(5);
        string[] texts = [.. Enumerable.Range(0, 250_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)('a' + random.Next(26))))).Distinct(StringComparer.Ordinal)];
        TokenizerDescription description = PackedModel.Describe(TokenizerModelKind.Unigram, texts);
        description = description with { Scores = [.. texts.Select((_, i) => -1 - (i / 10_000.0))], UnknownScore = -100 };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        byte[] section = TokenizerSection.ToArray(description);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"packing {texts.Length} entries took {watch.Elapsed}");
        Assert.Equal(section, TokenizerSection.ToArray(description));
    }

    [Fact]
    public void HalfOfASurrogatePairIsNoText()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => TokenizerSection.ToArray(PackedModel.Describe(TokenizerModelKind.WordLevel, "?", "a\uD800")));
        Assert.Contains("surrogate", e.Message, StringComparison.Ordinal);
    }
}
