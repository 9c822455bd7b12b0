using System.Text.Json.Nodes;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>From vocab.txt, or vocab.json and merges.txt, with tokenizer_config.json alone the ids are those of tokenizer.json.</summary>
public sealed class OlderFilesTest : IDisposable
{
    private const string WordOver20 = "a word of more than 20 characters", WordOver100 = "a word of more than 100 characters", AddedToken = "a token that only tokenizer.json adds";
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-older-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>All cases of a folder, but those in which the older files cannot say what the tokenizer.json says.</summary>
    /// <param name="name">The folder.</param>
    /// <param name="differs">A text that such a case has in it; or one that decides by itself.</param>
    [SharedTheory]
    [InlineData("bert_uncased", "")]
    [InlineData("wp_cased", "")]
    [InlineData("wp_cased_nochinese", "")]
    [InlineData("wp_cased_strip", "")]
    [InlineData("wp_lower_keep_accents", "")]
    [InlineData("wp_lower_noclean", WordOver20)]
    [InlineData("wp_lower_max200", WordOver100)]
    [InlineData("wp_custom_special", AddedToken)]
    [InlineData("mpnet", "<unk>")]
    [InlineData("bbpe", "")]
    [InlineData("bbpe_notrim", "")]
    [InlineData("bbpe_prefix", "")]
    [InlineData("bbpe_prefix_notrim", "")]
    public void IdsAndPlacesAreTheSame(string name, string differs)
    {
        string source = SharedData.Require("golden", "tokenizers", name);
        string[] files = File.Exists(Path.Combine(source, "vocab.txt")) ? ["vocab.txt"] : ["vocab.json", "merges.txt"];
        foreach (string file in (string[])[.. files, "tokenizer_config.json", "special_tokens_map.json"]) File.Copy(Path.Combine(source, file), Path.Combine(_folder, file));
        TokenizerReading older = TokenizerReader.Read(_folder, tableRows: null);
        Assert.Empty(older.Problems);
        TokenizerDescription json = TokenizerReader.Read(source, tableRows: null).Tokenizer!;
        using var fromOlder = new LoadedTokenizer(older.Tokenizer!);
        using var fromJson = new LoadedTokenizer(json);
        int compared = 0, left = 0;
        foreach (string line in Directory.GetFiles(source, "cases_*.jsonl").SelectMany(File.ReadLines))
        {
            JsonNode item = JsonNode.Parse(line)!;
            if (item["text"] is not JsonValue) continue;
            string text = item["text"]!.GetValue<string>();
            string? pair = item["pair"]?.GetValue<string>();
            if (Differs(text) || Differs(pair))
            {
                left++;
                continue;
            }

            Assert.Equal(fromJson.Tokenizer.Encode(text, pair).Tokens, fromOlder.Tokenizer.Encode(text, pair).Tokens);
            compared++;
        }

        Assert.True(compared > 2 * left && compared > 300, $"{compared} compared, {left} not");
        Assert.Equal(fromJson.Tokenizer.UnknownId, fromOlder.Tokenizer.UnknownId);
        Assert.Equal(fromJson.Tokenizer.PadId, fromOlder.Tokenizer.PadId);
        Assert.Equal(fromJson.Tokenizer.MaskId, fromOlder.Tokenizer.MaskId);
        Assert.Equal(fromJson.Tokenizer.ClsId, fromOlder.Tokenizer.ClsId);

        bool Differs(string? text) => text is not null && differs switch
        {
            "" => false,
            WordOver20 => LongestWord(text) > 20,
            WordOver100 => LongestWord(text) > 100,
            AddedToken => json.AddedTokens.Any(t => t.Id is 1333 or >= 3000 && text.Contains(t.Text, StringComparison.OrdinalIgnoreCase)) || text.Contains("caf", StringComparison.OrdinalIgnoreCase),
            _ => text.Contains(differs, StringComparison.Ordinal),
        };
    }

    /// <summary>Code points of the longest word; a letter becomes up to four where accents are taken off.</summary>
    private static int LongestWord(string text) => text.Split((char[]?)null).Max(word => word.Sum(c => char.IsAscii(c) ? 1 : 4));

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
