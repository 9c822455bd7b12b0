using System.Text;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Compiler.Tests.Tokenizers;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Commands.Embedding;
using BertCompiler.Tool.Commands.Tokenizing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Json;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>
/// Every reader of texts and of files beside a model treats bytes alike: a byte order mark of UTF-8 is passed over, another encoding and bytes
/// that are not UTF-8 are refused with file, line and byte.
/// </summary>
public sealed class TextInputTests
{
    private const string Json = """{"text":"a"}""";

    public static TheoryData<string> Readers() => ["lines", "jsonl", "whole", "files", "tokenize"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_byte_order_mark_is_no_text(string reader)
    {
        string text = Sample(reader);
        Assert.Equal(Read(reader, Encoding.UTF8.GetBytes(text)), Read(reader, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Other_encodings_are_refused_by_name(string reader)
    {
        string text = Sample(reader);
        foreach (Encoding encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            string found = encoding == Encoding.UTF32 ? "UTF-32" : "UTF-16";
            Assert.Contains($"expected UTF-8, found {found}", Refusal(reader, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]), StringComparison.Ordinal);
            if (found == "UTF-16") Assert.Contains("found UTF-16", Refusal(reader, encoding.GetBytes(text)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("jsonl")]
    [InlineData("whole")]
    [InlineData("files")]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place(string reader)
    {
        byte[] sound = Encoding.UTF8.GetBytes(Sample(reader) + "\n");
        Assert.Contains("(2,3): expected UTF-8, found the byte 0xC3", Refusal(reader, [.. sound, (byte)'b', (byte)'c', 0xC3, (byte)'(', (byte)'\n']), StringComparison.Ordinal);
        Assert.Contains("(2,1): expected UTF-8, found the byte 0xE4", Refusal(reader, [.. sound, 0xE4, 0xBD]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_counted_over_chunks()
    {
        byte[] bytes = [.. Enumerable.Repeat("word\n"u8.ToArray(), LineChunk.UsualSize / 4).SelectMany(l => l), 0xFF, (byte)'\n'];
        Assert.Contains($"({(LineChunk.UsualSize / 4) + 1},1): expected UTF-8", Refusal("files", bytes), StringComparison.Ordinal);
    }

    [SharedFact]
    public void The_reported_files_are_read_or_refused_by_every_command()
    {
        string reports = SharedData.Require("golden", "reports", "bom_and_encoding"), model = SharedData.Require("golden", "reports", "sentence_config_names", "right");
        Bertc.Result read = Bertc.Run("", "embed", model, "--jsonl", Path.Combine(reports, "bom.jsonl"));
        Assert.True(read.ExitCode == 0, read.Errors);
        Assert.Equal(Bertc.Run("", "embed", model, "--text", "a").Output, read.Output);
        foreach (string file in (string[])["utf16.txt", "invalid.txt"])
        {
            foreach (string[] how in (string[][])[["embed", model, "--lines", Path.Combine(reports, file)], ["tokenize", model, Path.Combine(reports, file)]])
            {
                Bertc.Result refused = Bertc.Run("", how);
                Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
                Assert.Contains("expected UTF-8", refused.Errors, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("vocab.txt")]
    [InlineData("merges.txt")]
    [InlineData("vocab.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("config.json")]
    public void Files_of_a_tokenizer_are_treated_the_same(string name)
    {
        using BesideFiles folder = name is "merges.txt" or "vocab.json" ? new BesideFiles().WithMerges() : new BesideFiles().With("vocab.txt", BesideFiles.Words);
        folder.With("tokenizer_config.json", "{}").With("config.json", "{}");
        string text = File.ReadAllText(Path.Combine(folder.Path, name));
        int[] ids = folder.Ids("hello");
        Assert.Equal(ids, folder.With(name, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]).Ids("hello"));
        foreach (byte[] bytes in (byte[][])[Encoding.Unicode.GetBytes(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]]) AssertRefused(bytes, "it is UTF-16");
        AssertRefused([.. Encoding.UTF8.GetBytes(text), 0xFF], "not valid UTF-8");

        void AssertRefused(byte[] bytes, string word)
        {
            Problem problem = Assert.Single(folder.With(name, bytes).Read().Problems);
            Assert.Equal(Path.Combine(folder.Path, name), problem.File);
            Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_of_a_model_are_treated_the_same()
    {
        var source = new JsonSource("config.json", ProblemKinds.ConfigMalformed);
        JsonDocumentReader.Parse([.. Encoding.UTF8.Preamble, .. "{}"u8], source);
        Assert.Contains("it is UTF-16", Assert.Throws<ImportException>(() => JsonDocumentReader.Parse(Encoding.Unicode.GetBytes("{\"a\": 1}"), source)).Message, StringComparison.Ordinal);
        Assert.Contains("byte 3 is 0xFF", Assert.Throws<ImportException>(() => JsonDocumentReader.Parse([.. "{\"a"u8, 0xFF], source)).Message, StringComparison.Ordinal);
    }

    private static string Sample(string reader) => reader is "jsonl" or "tokenize" ? Json : "a text";

    private static string Refusal(string reader, byte[] bytes) => Assert.Throws<CommandException>(() => Read(reader, bytes)).Message;

    /// <summary>What a reader makes of a file.</summary>
    private static string Read(string reader, byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        string file = folder["in"];
        File.WriteAllBytes(file, bytes);
        switch (reader)
        {
            case "lines": return string.Join('|', TextSource.Lines(file));
            case "jsonl": return string.Join('|', TextSource.JsonLines(file));
            case "whole": return TextSource.Whole(file);
            case "files":
                using (var chunk = new LineChunk())
                {
                    using Stream stream = File.OpenRead(file);
                    var lines = new LineChunkReader(stream, file);
                    var text = new StringBuilder();
                    for (; lines.Fill(chunk, default); chunk.Reset()) text.Append(Encoding.UTF8.GetString(chunk.Lines));
                    return text.ToString();
                }

            default:
                using (BesideFiles words = new BesideFiles().With("vocab.txt", BesideFiles.Words))
                {
                    using var output = new MemoryStream();
                    using Stream input = File.OpenRead(file);
                    TokenizeCommand.Run(words.Path, input, output, TextWriter.Null, file);
                    return Encoding.UTF8.GetString(output.ToArray());
                }
        }
    }
}
