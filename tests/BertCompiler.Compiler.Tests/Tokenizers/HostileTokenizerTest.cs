using System.Diagnostics;
using System.Text.Json.Nodes;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>Malformed tokenizers give the outcome, class and words that are written down for them, in time and memory.</summary>
public sealed class HostileTokenizerTest
{
    private const int Rows = 20;
    private const int CaseCount = 34;

    private static JsonNode Expected => JsonNode.Parse(File.ReadAllText(SharedData.Require("golden", "hostile", "expected.json")))!;

    public static TheoryData<string> Cases()
    {
        var data = new TheoryData<string>();
        if (SharedData.Root is null) return new("");
        foreach (JsonNode? entry in Expected["cases"]!.AsArray())
        {
            if (entry!["input"]!.GetValue<string>() is "tokenizer" or "vocab") data.Add(entry["id"]!.GetValue<string>());
        }

        return data;
    }

    [SharedFact]
    public void EveryCaseIsTried() => Assert.Equal(CaseCount, Cases().Count);

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void OutcomeClassAndWordsAreThoseExpected(string id)
    {
        JsonNode expected = Expected["cases"]!.AsArray().Single(c => c!["id"]!.GetValue<string>() == id)!;
        string folder = SharedData.Require("golden", "hostile", id);
        TokenizerReader.Read(SharedData.Require("golden", "hostile", "_valid"), Rows);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        TokenizerReading reading = TokenizerReader.Read(folder, Rows);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"took {watch.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);

        bool error = reading.Problems.Any(p => p.Severity == Severity.Error);
        bool warning = reading.Problems.Any(p => p.Severity == Severity.Warning);
        string outcome = error ? "error" : warning ? "warning" : "ok";
        Assert.Equal(error, reading.Tokenizer is null);
        Assert.Contains(outcome, expected["outcome"]!.GetValue<string>().Split("_or_"));
        string? @class = expected["class"]?.GetValue<string>();
        foreach (Problem problem in reading.Problems)
        {
            if (@class is not null) Assert.Equal(@class, problem.Kind.Class);
            Assert.StartsWith(folder, problem.File, StringComparison.Ordinal);
        }

        if (reading.Problems.Count > 0)
        {
            string said = string.Join('\n', reading.Problems);
            foreach (JsonNode? word in expected["message_should_name"]!.AsArray()) Assert.Contains(word!.GetValue<string>(), said, StringComparison.Ordinal);
        }

        if (reading.Tokenizer is { } tokenizer) StillTokenizes(tokenizer);
    }

    [SharedFact]
    public void WindowsLineEndsAreNoPartOfTokens()
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "hostile", "vocab_crlf"), Rows);
        using var loaded = new LoadedTokenizer(reading.Tokenizer!);
        Assert.Equal([2, 5, 7, 9, 16, 3], loaded.Tokenizer.Encode("The cats.").Ids());
    }

    [SharedFact]
    public void OfATokenOnTwoLinesTheLaterCounts()
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "hostile", "vocab_duplicates"), Rows);
        using var loaded = new LoadedTokenizer(reading.Tokenizer!);
        Assert.Equal([2, 8, 3], loaded.Tokenizer.Encode("cat").Ids());
        Assert.Null(loaded.Tokenizer.TextOf(7));
    }

    [SharedFact]
    public void ABlankLineKeepsTheIdsOfLaterLines()
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "hostile", "vocab_blank_line"), Rows);
        using var loaded = new LoadedTokenizer(reading.Tokenizer!);
        Assert.Equal([2, 7, 9, 3], loaded.Tokenizer.Encode("cats").Ids());
    }

    [SharedFact]
    public void TheSoundFolderIsSound()
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "hostile", "_valid"), Rows);
        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Tokenizer);
    }

    private static void StillTokenizes(TokenizerDescription tokenizer)
    {
        using var loaded = new LoadedTokenizer(tokenizer);
        TokenEncoding encoding = loaded.Tokenizer.Encode("The cats jumped on the mat, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
        Assert.All(encoding.Tokens, t => Assert.InRange(t.Id, 0, Rows - 1));
    }
}
