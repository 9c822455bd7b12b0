using System.Text;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>Unigram models against the definition: dynamic programming over whole words, with nothing given up on the way.</summary>
public sealed class UnigramModelTest
{
    private const string Name = "xlmr";

    [SharedTheory]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 60_000)]
    [InlineData("eeeeettttaaaooiinn▁▁▁", 60_000)]
    [InlineData("ab\u4E2D\u0915\u093F\U0001F600\uFFFF", 30_000)]
    [InlineData("a", 20_000)]
    public void LongWordsAreCutAsTheDefinitionSays(string letters, int length)
    {
        TokenizerDescription description = GoldenTokenizers.Describe(Name);
        using var model = new PackedModel(description);
        Rune[] alphabet = [.. letters.EnumerateRunes()];
        var random = new Random(20261124);
        for (int most = 1; most < length; most *= 9)
        {
            string word = string.Concat(Enumerable.Range(0, random.Next(most, most * 9)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.Equal(ByDefinition(word, description), model.Ids(word));
        }
    }

    /// <summary>The best path to each place, the first of equal ones; neighbouring unknown characters become one.</summary>
    private static List<int> ByDefinition(string word, TokenizerDescription description)
    {
        Dictionary<string, int> ids = description.Pieces.Where(p => p.Text.Length > 0).ToDictionary(p => p.Text, p => p.Id, StringComparer.Ordinal);
        int longest = ids.Keys.Max(k => k.Length);
        var best = new (double Score, int Start, int Id)[word.Length + 1];
        for (int i = 1; i < best.Length; i++) best[i] = (double.NegativeInfinity, -1, -1);
        for (int at = 0; at < word.Length;)
        {
            int units = char.IsHighSurrogate(word[at]) ? 2 : 1;
            bool single = false;
            for (int length = 1; length <= Math.Min(longest, word.Length - at); length++)
            {
                if (!ids.TryGetValue(word.Substring(at, length), out int id)) continue;
                Offer(at, at + length, id, description.Scores[id]);
                single |= length == units;
            }

            if (!single) Offer(at, at + units, description.ModelUnknownId, description.UnknownScore);
            at += units;
        }

        var path = new List<int>();
        for (int end = word.Length; end > 0; end = best[end].Start)
        {
            if (best[end].Id != description.ModelUnknownId || path.Count == 0 || path[^1] != best[end].Id) path.Add(best[end].Id);
        }

        path.Reverse();
        return path;

        void Offer(int start, int end, int id, double score)
        {
            double sum = score + best[start].Score;
            if (sum > best[end].Score) best[end] = (sum, start, id);
        }
    }

    [Fact]
    public void OfEqualSumsTheFirstStays()
    {
        TokenizerDescription description = PackedModel.Describe(TokenizerModelKind.Unigram, "<unk>", "a", "b", "ab", "c", "bc", "abc") with { Scores = [-9, -1, -1, -2, -1, -2, -3], UnknownScore = -20 };
        using var model = new PackedModel(description);

        // Ending at c: abc from the beginning comes first, and a+bc, ab+c, a+b+c are no better.
        Assert.Equal([6], model.Ids("abc"));
        Assert.Equal([3], model.Ids("ab"));
        Assert.Equal([0, 3], model.Ids("xxab"));
        Assert.Equal([3, 0], model.Ids("abyz"));
    }
}
