using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>From vocab.txt and tokenizer_config.json alone the ids are those of tokenizer.json.</summary>
public sealed class OlderFilesTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-older-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedTheory]
    [InlineData("bert_uncased")]
    [InlineData("wp_cased")]
    [InlineData("wp_cased_nochinese")]
    [InlineData("wp_cased_strip")]
    [InlineData("wp_lower_keep_accents")]
    [InlineData("bbpe")]
    [InlineData("bbpe_notrim")]
    [InlineData("bbpe_prefix")]
    [InlineData("bbpe_prefix_notrim")]
    public void IdsAndPlacesAreTheSame(string name)
    {
        string source = SharedData.Require("golden", "tokenizers", name);
        string[] files = File.Exists(Path.Combine(source, "vocab.txt")) ? ["vocab.txt"] : ["vocab.json", "merges.txt"];
        foreach (string file in (string[])[.. files, "tokenizer_config.json", "special_tokens_map.json"]) File.Copy(Path.Combine(source, file), Path.Combine(_folder, file));
        TokenizerReading older = TokenizerReader.Read(_folder, tableRows: null);
        Assert.Empty(older.Problems);
        using var fromOlder = new LoadedTokenizer(older.Tokenizer!);
        using var fromJson = new LoadedTokenizer(TokenizerReader.Read(source, tableRows: null).Tokenizer!);
        foreach (string line in File.ReadLines(Path.Combine(source, "cases_nasty.jsonl")))
        {
            string text = System.Text.Json.Nodes.JsonNode.Parse(line)!["text"]!.GetValue<string>();
            Assert.Equal(fromJson.Tokenizer.Encode(text).Tokens, fromOlder.Tokenizer.Encode(text).Tokens);
        }

        Assert.Equal(fromJson.Tokenizer.UnknownId, fromOlder.Tokenizer.UnknownId);

        Assert.Equal(fromJson.Tokenizer.PadId, fromOlder.Tokenizer.PadId);
        Assert.Equal(fromJson.Tokenizer.MaskId, fromOlder.Tokenizer.MaskId);
        Assert.Equal(fromJson.Tokenizer.ClsId, fromOlder.Tokenizer.ClsId);
    }

    [Fact]
    public void AddedTokensOfTheConfigAreFound()
    {
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n");
        Write("tokenizer_config.json", """{"added_tokens_decoder":{"7":{"content":"<E>","lstrip":true,"special":true}}}""");
        using var loaded = new LoadedTokenizer(TokenizerReader.Read(_folder, tableRows: 8).Tokenizer!);
        TokenEncoding encoding = loaded.Tokenizer.Encode("a <E>b");
        Assert.Equal([2, 5, 7, 6, 3], encoding.Ids());
        Assert.Equal(new TextSpan(1, 5), encoding.Tokens[2].Span);
        Assert.Equal(" <E>", encoding.Tokens[2].Text);
    }

    [Theory]
    [InlineData("""{"tokenizer_class":"BertJapaneseTokenizer"}""", "tokenizer_unsupported", "BertJapaneseTokenizer")]
    [InlineData("""{"do_basic_tokenize":false}""", "tokenizer_unsupported", "do_basic_tokenize")]
    [InlineData("""{"do_lower_case":"yes"}""", "tokenizer_malformed", "do_lower_case")]
    [InlineData("""{"added_tokens_decoder":{"99":{"content":"<E>"}}}""", "tokenizer_inconsistent", "<E>")]
    [InlineData("""{"added_tokens_decoder":{"x":{"content":"<E>"}}}""", "tokenizer_malformed", "<E>")]
    [InlineData("[", "tokenizer_malformed", "tokenizer_config.json")]
    public void AFaultyConfigIsReported(string config, string @class, string word)
    {
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n");
        Write("tokenizer_config.json", config);
        TokenizerReading reading = TokenizerReader.Read(_folder, tableRows: 8);
        Assert.Null(reading.Tokenizer);
        Assert.Equal(@class, Assert.Single(reading.Problems).Kind.Class);
        Assert.Contains(word, reading.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutTokenizerHasNoneAndNoProblem()
    {
        TokenizerReading reading = TokenizerReader.Read(_folder, tableRows: null);
        Assert.Null(reading.Tokenizer);
        Assert.Empty(reading.Problems);
    }

    [SharedTheory]
    [InlineData("#version: 0.2\nx y\n", null, "vocab_inconsistent", "line 2")]
    [InlineData("#version: 0.2\nt h e\n", null, "vocab_malformed", "line 2")]
    [InlineData("", "{\"tokenizer_class\":\"CLIPTokenizer\"}", "tokenizer_unsupported", "CLIPTokenizer")]
    [InlineData("", "{\"cls_token\":\"<cls>\"}", "vocab_inconsistent", "<cls>")]
    public void FaultyMergesAreReported(string merges, string? config, string @class, string word)
    {
        File.Copy(SharedData.Require("golden", "tokenizers", "bbpe_prefix", "vocab.json"), Path.Combine(_folder, "vocab.json"));
        Write("merges.txt", merges);
        if (config is not null) Write("tokenizer_config.json", config);
        TokenizerReading reading = TokenizerReader.Read(_folder, tableRows: null);
        Assert.Null(reading.Tokenizer);
        Assert.Equal(@class, Assert.Single(reading.Problems).Kind.Class);
        Assert.Contains(word, reading.Problems[0].Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
