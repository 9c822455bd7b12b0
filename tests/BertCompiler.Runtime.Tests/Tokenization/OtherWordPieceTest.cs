using System.Diagnostics;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;
using Microsoft.ML.Tokenizers;
using Xunit.Abstractions;
using Tokenizer = BertCompiler.Tokenization.Tokenizer;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>Words come out as from the WordPiece of Microsoft.ML.Tokenizers, which was written independently.</summary>
public sealed class OtherWordPieceTest(ITestOutputHelper output)
{
    private static readonly EncodeOptions Bare = new() { AddSpecialTokens = false };

    private static string VocabularyPath => SharedData.Require("golden", "tokenizers", "bert_uncased", "vocab.txt");

    [SharedFact]
    public void WordsOfRealTextsComeOutTheSame()
    {
        string[] words = [.. GoldenTokenizers.Texts("bert_uncased")
            .SelectMany(t => t.ToLowerInvariant().Split(' '))
            .Select(w => new string([.. w.Where(char.IsAsciiLetterOrDigit)]))
            .Where(w => w.Length > 0)
            .Distinct(StringComparer.Ordinal)];
        Assert.True(words.Length > 5000, $"only {words.Length} words");
        Compare(words);
    }

    [SharedFact]
    public void RandomWordsComeOutTheSame()
    {
        var random = new Random(7);
        const string letters = "aaabcdeeefghiiijklmnooopqrsstttuvwxyz0123456789";
        Compare([.. Enumerable.Range(0, 4_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 110)).Select(_ => letters[random.Next(letters.Length)])]))]);
    }

    [SharedFact]
    public void OpeningBuildsNoDictionary()
    {
        LoadedTokenizer loaded = GoldenTokenizers.Load("bert_uncased");
        byte[] section = TokenizerSection.ToArray(loaded.Description);
        (long bytes, double milliseconds) = Open(section, loaded.Description);
        (bytes, milliseconds) = Open(section, loaded.Description);
        var watch = Stopwatch.StartNew();
        using (FileStream stream = File.OpenRead(VocabularyPath)) WordPieceTokenizer.Create(stream);
        output.WriteLine($"open: {milliseconds:F3} ms, {bytes} bytes allocated; the other: {watch.Elapsed.TotalMilliseconds:F1} ms; section {section.Length} bytes");
        Assert.True(bytes < 16 * 1024, $"opening allocated {bytes} bytes");
    }

    private static unsafe (long Bytes, double Milliseconds) Open(byte[] section, TokenizerDescription description)
    {
        fixed (byte* data = section)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Tokenizer.Open((nint)data, section.Length, tables => new DescribedPipeline(tables, description));
            return (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static void Compare(IEnumerable<string> words)
    {
        Tokenizer ours = GoldenTokenizers.Get("bert_uncased");
        using FileStream stream = File.OpenRead(VocabularyPath);
        WordPieceTokenizer other = WordPieceTokenizer.Create(stream, new WordPieceOptions { MaxInputCharsPerWord = 100 });
        foreach (string word in words) Assert.Equal(other.EncodeToIds(word), ours.Encode(word, options: Bare).Ids());
    }
}
