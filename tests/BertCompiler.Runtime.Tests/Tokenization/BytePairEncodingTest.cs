using System.Text.Json;
using BertCompiler.Testing;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>
/// Words of all lengths come out as when, again and again, the pair that stands first in merges.txt is joined: the fast ways for short and
/// for long words against the definition.
/// </summary>
public sealed class BytePairEncodingTest
{
    private const string Name = "bbpe";

    private static readonly EncodeOptions Bare = new() { AddSpecialTokens = false };

    [SharedFact]
    public void MergesAreDoneInTheOrderOfTheFile()
    {
        Dictionary<(string, string), int> ranks = File.ReadLines(SharedData.Require("golden", "tokenizers", Name, "merges.txt"))
            .Where(l => !l.StartsWith("#version", StringComparison.Ordinal))
            .Select((line, rank) => (Parts: line.Split(' '), rank))
            .ToDictionary(m => (m.Parts[0], m.Parts[1]), m => m.rank);
        var random = new Random(11);
        const string letters = "aaabcdeeefghiiijklmnooopqrsstttuvwxyz";
        Tokenizer tokenizer = GoldenTokenizers.Get(Name);
        for (int round = 0; round < 400; round++)
        {
            // Most are words that occur: their pieces are long, and merges meet.
            string word = new([.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => letters[random.Next(letters.Length)])]);
            if (round % 2 == 0) word = string.Concat(Enumerable.Repeat(((string[])["unbelievable", "the", "ing", "aaaa", "international"])[random.Next(5)], random.Next(1, 30)));
            Assert.Equal(ByDefinition(word, ranks), tokenizer.Encode(word, options: Bare).Tokens.Select(t => t.Text));
        }
    }

    [SharedFact]
    public void EveryByteHasItsLetter()
    {
        using JsonDocument vocabulary = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden", "tokenizers", Name, "vocab.json")));
        var letters = new HashSet<char>();
        for (int value = 0; value < 256; value++)
        {
            char letter = ByteLetters.Of(value);
            Assert.True(letters.Add(letter));
            Assert.Equal(value, ByteLetters.ByteOf(letter));
            Assert.True(vocabulary.RootElement.TryGetProperty(letter.ToString(), out _), $"byte {value}: the vocabulary has no '{letter}'");
        }

        Assert.Equal(256, Enumerable.Range(0, 0x10000).Count(c => ByteLetters.ByteOf((char)c) >= 0));
    }

    private static List<string> ByDefinition(string word, Dictionary<(string, string), int> ranks)
    {
        List<string> pieces = [.. word.Select(c => c.ToString())];
        while (true)
        {
            int best = -1;
            int least = int.MaxValue;
            for (int i = 0; i + 1 < pieces.Count; i++)
            {
                if (ranks.TryGetValue((pieces[i], pieces[i + 1]), out int rank) && rank < least) (best, least) = (i, rank);
            }

            if (best < 0) return pieces;
            pieces[best] += pieces[best + 1];
            pieces.RemoveAt(best + 1);
        }
    }
}
