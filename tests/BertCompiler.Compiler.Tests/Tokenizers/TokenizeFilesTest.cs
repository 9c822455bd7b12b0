using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BertCompiler.Compiler.Tests.Commands;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Commands.Tokenizing;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary><c>bertc tokenize</c> over files: the ids of every line, in order, whatever the line ends, threads and format.</summary>
public sealed class TokenizeFilesTest : IDisposable
{
    private static readonly TextFileOptions Plain = new(TokenFormat.Ids, Threads: 2, AddSpecialTokens: true, MaxTokens: null);
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-tokenize-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedTheory]
    [InlineData("bert_uncased", 2)]
    [InlineData("roberta_gpt2bpe", 3)]
    [InlineData("xlmr", 1)]
    public void Ids_are_those_of_Encode_in_the_order_of_the_lines(string name, int threads)
    {
        using LoadedTokenizer loaded = Load(name);
        string[] texts = Corpus(name);
        string[] expected = [.. texts.Select(t => Line(loaded, t))];
        int copies = 1 + (3 * LineChunk.UsualSize / texts.Sum(t => Encoding.UTF8.GetByteCount(t) + 1));
        byte[] once = Encoding.UTF8.GetBytes(string.Concat(texts.Select(t => t + "\n")));
        string file = Write([.. Enumerable.Repeat(once, copies).SelectMany(b => b)]);
        TokenizeSummary summary = Run(loaded, Plain with { Threads = threads }, file, out byte[] output);
        Assert.Equal((long)texts.Length * copies, summary.Counts.Lines);
        string[] found = Lines(output);
        Assert.Equal(summary.Counts.Lines, found.Length);
        for (int i = 0; i < found.Length; i++) Assert.Equal(expected[i % expected.Length], found[i]);
        Assert.Equal(summary.Counts.Tokens, found.Sum(l => (long)l.Split(' ').Length));
    }

    [SharedTheory]
    [InlineData("a\r\n\r\nb c\r\n", new[] { "a", "", "b c" })]
    [InlineData("\uFEFFa\nb", new[] { "a", "b" })]
    [InlineData("\uFEFF", new string[0])]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "" })]
    [InlineData("a\n\n\n", new[] { "a", "", "" })]
    [InlineData("a\rb\nc\r", new[] { "a\rb", "c" })]
    public void Line_ends_and_the_mark_at_the_beginning_are_no_text(string content, string[] texts)
    {
        using LoadedTokenizer loaded = Load("roberta_gpt2bpe");
        TokenizeSummary summary = Run(loaded, Plain, Write(Encoding.UTF8.GetBytes(content)), out byte[] output);
        Assert.Equal(texts.Length, summary.Counts.Lines);
        Assert.Equal(texts.Select(t => Line(loaded, t)), Lines(output));
    }

    [SharedFact]
    public void What_is_no_UTF8_is_refused_and_nothing_is_written()
    {
        byte[][] lines = [[0x61, 0xFF, 0x62], [0xE2, 0x82], [0xE2, 0x82, 0x20, 0x61], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98]];
        using LoadedTokenizer loaded = Load("roberta_gpt2bpe");
        foreach (byte[] line in lines)
        {
            string file = Write([.. "sound\n"u8, .. line, (byte)'\n']);
            Assert.Contains("in.txt(2,", Assert.Throws<CommandException>(() => Run(loaded, Plain, file, out _)).Message, StringComparison.Ordinal);
        }
    }

    [SharedFact]
    public void Every_format_holds_the_same_ids_and_cuts_at_the_limit()
    {
        using LoadedTokenizer loaded = Load("bert_uncased");
        string[] texts = ["", "hello", "a much longer text, which is cut"];
        string file = Write(Encoding.UTF8.GetBytes(string.Join('\n', texts)));
        TextFileOptions options = Plain with { MaxTokens = 5 };
        var encode = new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = 5 };
        int[][] expected = [.. texts.Select(t => loaded.Tokenizer.Encode(t, options: encode).Ids())];
        Assert.Equal([2, 3, 5], expected.Select(e => e.Length));
        Assert.Equal(new TokenCounts(3, 10, 1), Run(loaded, options, file, out byte[] ids).Counts);
        Assert.Equal(expected.Select(e => string.Join(' ', e)), Lines(ids));
        Run(loaded, options with { Format = TokenFormat.JsonLines }, file, out byte[] json);
        JsonNode[] objects = [.. Lines(json).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(expected, objects.Select(o => o["ids"]!.AsArray().Select(n => n!.GetValue<int>()).ToArray()));
        Assert.Equal([false, false, true], objects.Select(o => o["truncated"]?.GetValue<bool>() ?? false));
        Run(loaded, options with { Format = TokenFormat.Binary }, file, out byte[] binary);
        Assert.Equal(expected.SelectMany(e => e.Prepend(e.Length)), Enumerable.Range(0, binary.Length / 4).Select(i => BinaryPrimitives.ReadInt32LittleEndian(binary.AsSpan(i * 4))));
        Run(loaded, Plain with { AddSpecialTokens = false }, file, out byte[] bare);
        Assert.Equal(texts.Select(t => string.Join(' ', loaded.Tokenizer.Encode(t, options: new() { AddSpecialTokens = false }).Ids())), Lines(bare));
    }

    [SharedFact]
    public void A_line_longer_than_a_chunk_is_one_text()
    {
        using LoadedTokenizer loaded = Load("bert_uncased");
        string text = string.Concat(Enumerable.Repeat("word after word; ", 200_000));
        Run(loaded, Plain, Write(Encoding.UTF8.GetBytes("a\n" + text + "\nb\n")), out byte[] output);
        Assert.Equal([Line(loaded, "a"), Line(loaded, text), Line(loaded, "b")], Lines(output));
    }

    [Fact]
    public void A_line_without_end_is_refused_with_its_place()
    {
        var reader = new LineChunkReader(new EndlessStream(), "endless.txt");
        using var chunk = new LineChunk();
        var error = Assert.Throws<BertCompiler.Tool.Commands.CommandException>(() => reader.Fill(chunk, default));
        Assert.Contains("endless.txt: the line that begins at byte 0", error.Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void Cancelled_it_leaves_no_file()
    {
        using LoadedTokenizer loaded = Load("bert_uncased");
        string file = Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some words of a text\n", 1_000_000))));
        string output = Path.Combine(_folder, "out.ids");
        using var cancellation = new CancellationTokenSource();
        var work = new TokenizeFiles(loaded, Plain);
        Assert.ThrowsAny<OperationCanceledException>(() => work.Run([new([file], output)], new CancelAtOnce(cancellation), cancellation.Token));
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>SIGTERM goes the way of Ctrl+C, which a process started in the background does not hear.</summary>
    [SharedFact]
    public void A_process_that_is_told_to_end_takes_its_unfinished_file_away()
    {
        if (!OperatingSystem.IsLinux()) return;
        string output = Path.Combine(_folder, "out.ids");
        using Process process = Bertc.Start("tokenize", SharedData.Require("golden", "tokenizers", "bert_uncased"), "-", "-o", output);
        process.StandardInput.Write("a text, and then nothing for ever\n");
        process.StandardInput.Flush();
        var watch = Stopwatch.StartNew();
        while (Directory.GetFiles(_folder).Length == 0 && watch.Elapsed < TimeSpan.FromSeconds(60)) Thread.Sleep(20);
        Assert.Single(Directory.GetFiles(_folder));
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal((130, "cancelled\n"), (process.ExitCode, process.StandardError.ReadToEnd()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [SharedFact]
    public void The_command_writes_a_file_for_each_input_and_says_what_it_did()
    {
        string model = SharedData.Require("golden", "tokenizers", "bert_uncased");
        string one = Path.Combine(_folder, "one.txt"), two = Path.Combine(_folder, "two.txt"), output = Path.Combine(_folder, "out") + "/";
        File.WriteAllText(one, "hello\n");
        File.WriteAllText(two, "hello world\nhello");
        Bertc.Result result = Bertc.Run("", "tokenize", model, one, two, "--output", output, "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        JsonNode summary = JsonNode.Parse(result.Output)!;
        Assert.Equal((3, 10), (summary["lines"]!.GetValue<int>(), summary["tokens"]!.GetValue<int>()));
        Assert.Equal("101 7592 102\n", File.ReadAllText(Path.Combine(output, "one.txt.ids")));
        Assert.Equal("101 7592 2088 102\n101 7592 102\n", File.ReadAllText(Path.Combine(output, "two.txt.ids")));
        Assert.Equal(2, Directory.GetFiles(output).Length);
        result = Bertc.Run("hello\n", "tokenize", model, "-", "--no-special-tokens");
        Assert.Equal((0, "7592\n"), (result.ExitCode, result.Output));
        Assert.StartsWith("1 line, 1 token, ", result.Errors, StringComparison.Ordinal);
    }

    [SharedTheory]
    [InlineData(1, "there is no such file", "{0}/one.txt", "{0}/missing.txt", "-o", "{0}/out.ids")]
    [InlineData(2, "written for two files", "{0}/one.txt", "{0}/./one.txt", "-o", "{0}/out/")]
    [InlineData(2, "would be written over", "{0}/one.txt", "-o", "{0}/one.txt")]
    [InlineData(2, "there are 2 special tokens", "{0}/one.txt", "--max-tokens", "1")]
    [InlineData(2, "--threads 0: expected at least 1", "{0}/one.txt", "--threads", "0")]
    [InlineData(2, "need an --output", "{0}/one.txt", "--json")]
    [InlineData(2, "do not go together", "{0}/one.txt", "--jsonl", "{0}/one.txt")]
    [InlineData(2, "name a file", "--format", "bin")]
    public void What_is_wrong_is_told_before_anything_is_written(int exitCode, string words, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(_folder, "one.txt"), "hello\n");
        string[] all = ["tokenize", SharedData.Require("golden", "tokenizers", "bert_uncased"), .. arguments.Select(a => a.Replace("{0}", _folder, StringComparison.Ordinal))];
        Bertc.Result result = Bertc.Run("", all);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_folder, "one.txt")], Directory.GetFileSystemEntries(_folder));
    }

    private static LoadedTokenizer Load(string name) => new(TokenizerReader.Read(SharedData.Require("golden", "tokenizers", name), tableRows: null).Tokenizer!);

    private static string[] Corpus(string name) => [.. ((string[])["cases_real.jsonl", "cases_nasty.jsonl"])
        .SelectMany(f => File.ReadLines(SharedData.Require("golden", "tokenizers", name, f)))
        .Select(l => JsonNode.Parse(l)!["text"]?.GetValue<string>())
        .OfType<string>()
        .Where(t => !t.Contains('\n') && !t.EndsWith('\r') && !t.StartsWith('\uFEFF'))];

    private static string Line(LoadedTokenizer loaded, string text) => string.Join(' ', loaded.Tokenizer.Encode(text).Ids());

    private static string[] Lines(byte[] output) => output.Length == 0 ? [] : Encoding.UTF8.GetString(output)[..^1].Split('\n');

    private string Write(byte[] content)
    {
        string file = Path.Combine(_folder, "in.txt");
        File.WriteAllBytes(file, content);
        return file;
    }

    private TokenizeSummary Run(LoadedTokenizer loaded, TextFileOptions options, string file, out byte[] output)
    {
        string path = Path.Combine(_folder, "out" + options.Extension);
        TokenizeSummary summary = new TokenizeFiles(loaded, options).Run([new([file], path)], null, default);
        output = File.ReadAllBytes(path);
        return summary;
    }

    private sealed class CancelAtOnce(CancellationTokenSource cancellation) : IProgress<double>
    {
        public void Report(double value) => cancellation.Cancel();
    }

    /// <summary>Letters without end.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            return count;
        }
    }
}
