using System.Text.Json.Nodes;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>What cannot be compiled is refused by name; nothing is left out in silence.</summary>
public sealed class UnsupportedPipelineTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-unsupported-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedTheory]
    [InlineData("normalizer", """{"type":"ByteLevel"}""", "ByteLevel")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"Regex":"a(b|c)"},"content":""}""", "a(b|c)")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"String":""},"content":"x"}""", "empty pattern")]
    [InlineData("pre_tokenizer", """{"type":"UnicodeScripts"}""", "UnicodeScripts")]
    [InlineData("pre_tokenizer", """{"type":"FixedLength","length":5}""", "FixedLength")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"(?i:'s|'t)|\\p{L}+"},"behavior":"Isolated","invert":false}""", "(?i:'s|'t)")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace","replacement":"😀"}""", "😀")]
    [InlineData("decoder", """{"type":"CTC","pad_token":"<pad>","word_delimiter_token":"|","cleanup":true}""", "CTC")]
    [InlineData("decoder", """{"type":"Replace","pattern":{"Regex":"a+"},"content":""}""", "regular expression")]
    [InlineData("post_processor", """{"type":"Sequence","processors":[{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]},{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}]}""", "post_processor")]
    [InlineData("model.dropout", "0.1", "dropout")]
    [InlineData("model.unk_token", "null", "unk_token")]
    [InlineData("model.type", "\"Quantum\"", "Quantum")]
    public void ItIsRefusedByName(string place, string value, string word)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(SharedData.Require("golden", "tokenizers", "odd3_bpe_metaspace_prepend", "tokenizer.json")))!;
        string[] names = place.Split('.');
        JsonObject owner = names.Length == 1 ? root.AsObject() : root[names[0]]!.AsObject();
        owner[names[^1]] = JsonNode.Parse(value);
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), root.ToJsonString());
        TokenizerReading reading = TokenizerReader.Read(_folder, tableRows: null);
        Assert.Null(reading.Tokenizer);
        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal("tokenizer_unsupported", problem.Kind.Class);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }
}
