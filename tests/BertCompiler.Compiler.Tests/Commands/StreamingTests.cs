using System.Diagnostics;
using System.Text.Json.Nodes;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Results appear as texts come, and nobody works for an output that nobody reads.</summary>
public sealed class StreamingTests
{
    private static readonly string _bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Embed_answers_a_text_before_the_next_is_there() => Converses("one", ["embed", _bundled]);

    [Fact]
    public Task Tokenize_answers_a_line_before_the_next_is_there() => Converses("""{"text":"one"}""", ["tokenize", _bundled, "--jsonl", "-"]);

    [SharedFact]
    public async Task Every_head_answers_a_text_before_the_next_is_there()
    {
        await Converses("one", ["classify", Task("text_classification", "bert_4_labels"), "--json"]);
        await Converses("Anna lives in Berlin.", ["tag", Task("token_classification", "bert_bio"), "--json"]);
        await Converses("one [MASK]", ["fill-mask", SharedData.Require("models", "splade-tiny"), "--json"]);
    }

    [Fact]
    public void Embed_ends_when_nobody_reads()
    {
        if (OperatingSystem.IsWindows()) return;
        EndsWhenNobodyReads("a text", ["embed", _bundled]);
        EndsWhenNobodyReads("""{"text":"a text"}""", ["tokenize", _bundled]);
        EndsWhenNobodyReads("a text", ["tokenize", _bundled, "-"]);
    }

    [SharedFact]
    public void Readable_results_end_when_nobody_reads()
    {
        if (OperatingSystem.IsWindows()) return;
        EndsWhenNobodyReads("a text", ["classify", Task("text_classification", "bert_4_labels")]);
    }

    [Fact]
    public void What_was_right_is_answered_before_a_line_that_is_wrong()
    {
        Bertc.Result result = Bertc.Run("{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":3}\n", "embed", _bundled, "--jsonl", "-");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("standard input(3)", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_texts_arrive_changes_no_bit()
    {
        string[] texts = [.. Enumerable.Range(0, 150).Select(i => $"text number {i}")];
        string together = Bertc.Run(string.Join('\n', texts), "embed", _bundled).Output;
        Assert.Equal(150, together.Count(c => c == '\n'));
        using Process process = Bertc.Start("embed", _bundled);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        foreach (string[] some in texts.Chunk(40))
        {
            foreach (string text in some) await process.StandardInput.WriteAsync(text + "\n");
            await process.StandardInput.FlushAsync();
            await System.Threading.Tasks.Task.Delay(100);
        }

        process.StandardInput.Close();
        Assert.Equal(together, await output);
    }

    private static async Task Converses(string text, string[] arguments)
    {
        using Process process = Bertc.Start(arguments);
        for (int i = 0; i < 2; i++)
        {
            await process.StandardInput.WriteLineAsync(text);
            await process.StandardInput.FlushAsync();
            string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(_patience);
            Assert.NotNull(line);
            Assert.IsType<JsonObject>(JsonNode.Parse(line));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(_patience);
        Assert.Equal(0, process.ExitCode);
    }

    private static void EndsWhenNobodyReads(string text, string[] arguments)
    {
        using Process process = Bertc.Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task feeding = System.Threading.Tasks.Task.Run(() => Feed(process, text));
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        bool ended = process.WaitForExit(_patience);
        if (!ended) process.Kill();
        Assert.True(ended, string.Join(' ', arguments) + " went on for nobody");
        Assert.Equal(141, process.ExitCode);
        Assert.Equal("", errors.Result);
        feeding.Wait(_patience);
    }

    // As much as is wanted, and some more.
    private static void Feed(Process process, string text)
    {
        try
        {
            while (!process.HasExited) process.StandardInput.WriteLine(text);
        }
        catch (IOException)
        {
            // The process has ended.
        }
    }

    private static string Task(string task, string model) => SharedData.Require("golden", "tasks", task, model);
}
