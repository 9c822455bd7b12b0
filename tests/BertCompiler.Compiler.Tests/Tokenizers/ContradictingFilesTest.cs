using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>Where tokenizer.json and the files beside it say different things, the ids are those of transformers, and each difference is told.</summary>
public sealed class ContradictingFilesTest
{
    private const string ByteLevel = """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
        "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
        "post_processor":{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0],"trim_offsets":false,"add_prefix_space":true},
        "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
        "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":"","end_of_word_suffix":"","fuse_unk":false,"byte_fallback":false,"merges":[],"vocab":VOCAB}}
        """;

    [SharedFact]
    public void The_reported_folder_gives_what_transformers_gives()
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "reports", "tokenizer_config_overrides_normalizer"), 13);
        using var loaded = new LoadedTokenizer(reading.Tokenizer!);
        Assert.Equal([2, 5, 7, 10, 3], loaded.Tokenizer.Encode("GPT caf\u00e9 \u4e2d\u6587").Ids());
        AssertTold(reading.Problems, ["lowercase", "do_lower_case"], ["handle_chinese_chars", "tokenize_chinese_chars"]);
    }

    [Theory]
    [InlineData("""{"tokenizer_class":"BertTokenizer","do_lower_case":true}""", 10)]
    [InlineData("""{"tokenizer_class":"BertTokenizerFast","do_lower_case":false}""", 1)]
    [InlineData("""{"tokenizer_class":"ElectraTokenizer"}""", 10)]
    [InlineData("""{"tokenizer_class":"MPNetTokenizer"}""", 10)]
    [InlineData("""{"tokenizer_class":"PreTrainedTokenizerFast","do_lower_case":true}""", 1)]
    [InlineData("""{"do_lower_case":true}""", 1)]
    public void The_class_of_the_config_lowers_or_not(string config, int expected)
    {
        using BesideFiles folder = new BesideFiles().WithJson(lower: false).With("tokenizer_config.json", config);
        Assert.Equal([2, expected, 3], folder.Ids("HELLO", BesideFiles.WordCount));
        IReadOnlyList<Problem> problems = folder.Read(BesideFiles.WordCount).Problems;
        if (expected == 1) Assert.Empty(problems);
        else AssertTold(problems, ["\"lowercase\": false", "do_lower_case", "true"]);
    }

    /// <summary>Without tokenizer_config.json, the class and its defaults are those of the model's family.</summary>
    [Fact]
    public void The_class_of_the_family_has_its_defaults()
    {
        using BesideFiles folder = new BesideFiles().WithJson(lower: false).With("config.json", """{"model_type":"distilbert"}""");
        Assert.Equal([2, 10, 3], folder.Ids("HELLO", BesideFiles.WordCount));
        AssertTold(folder.Read(BesideFiles.WordCount).Problems, ["does not say \"do_lower_case\"", "BertTokenizer"]);
    }

    [Fact]
    public void Accents_are_kept_or_not_as_the_class_says()
    {
        using BesideFiles folder = new BesideFiles().WithJson(lower: true).With("tokenizer_config.json", """{"tokenizer_class":"BertTokenizer","strip_accents":false}""");
        Assert.Equal([2, 1, 3], folder.Ids("h\u00e9llo"));
        AssertTold(folder.Read(BesideFiles.WordCount).Problems, ["\"strip_accents\": null", "\"strip_accents\": false"]);
    }

    [Theory]
    [InlineData("""{"tokenizer_class":"RobertaTokenizer","add_prefix_space":false,"trim_offsets":true}""", false, true, 3)]
    [InlineData("""{"tokenizer_class":"RobertaTokenizer"}""", false, true, 3)]
    [InlineData("""{"tokenizer_class":"RobertaTokenizer","add_prefix_space":true,"trim_offsets":false}""", true, false, 0)]
    [InlineData("""{"tokenizer_class":"PreTrainedTokenizerFast"}""", true, false, 0)]
    public void RoBERTas_space_and_places_are_those_of_the_class(string config, bool prefix, bool trims, int told)
    {
        using BesideFiles folder = new BesideFiles().WithMerges();
        string vocab = File.ReadAllText(Path.Combine(folder.Path, "vocab.json"));
        folder.With("tokenizer.json", ByteLevel.Replace("VOCAB", vocab, StringComparison.Ordinal)).With("tokenizer_config.json", config);
        TokenizerReading reading = folder.Read(300);
        using var loaded = new LoadedTokenizer(reading.Tokenizer!);
        Assert.Equal(prefix, loaded.Tokenizer.Encode("a").Count == 4);
        Assert.Equal(trims, (reading.Tokenizer!.Options & TokenizerOptions.TrimOffsets) != 0);
        Assert.Equal(told, reading.Problems.Count(p => p.Kind.Id == "BERT1305"));
    }

    /// <summary>A token that tokenizer.json lacks is added behind what it has; one that its vocabulary has becomes one that is looked for.</summary>
    [Fact]
    public void Special_tokens_that_tokenizer_json_lacks_are_added()
    {
        using BesideFiles folder = new BesideFiles().WithJson().With("special_tokens_map.json", """{"additional_special_tokens":["[E1]","hello"]}""");
        Assert.Equal([2, 15, 10, 10, 3], folder.Ids("[E1]hellohello", tableRows: 16));
        AssertTold(folder.Read(16).Problems, ["special_tokens_map.json", "'[E1]'", "tokenizer.json", "15"]);
        Assert.Equal("BERT1306", Assert.Single(folder.Read(15).Problems).Kind.Id);
    }

    [Fact]
    public void Tokens_of_the_config_are_added_and_say_how_they_are_found()
    {
        using BesideFiles folder = new BesideFiles().WithJson().With("tokenizer_config.json", """
            {"tokenizer_class":"PreTrainedTokenizerFast","added_tokens_decoder":{"4":{"content":"[MASK]","lstrip":true,"special":true},"20":{"content":"new","special":false}}}
            """);
        Assert.Equal([2, 10, 4, 15, 3], folder.Ids("hello [MASK]new", tableRows: 16));
        using var loaded = new LoadedTokenizer(folder.Read(16).Tokenizer!);
        Assert.Equal(" [MASK]", loaded.Tokenizer.Encode("hello [MASK]").Tokens[2].Text);
        AssertTold(folder.Read(16).Problems, ["'[MASK]'", "lstrip true", "lstrip false"], ["'new'", "15"]);
    }

    /// <summary>A default of the class counts where the vocabulary has it, and is not put behind one of another kind.</summary>
    [Theory]
    [InlineData("BertTokenizer", true)]
    [InlineData("RobertaTokenizer", false)]
    public void Defaults_of_the_class_are_found_where_the_vocabulary_has_them(string name, bool found)
    {
        using BesideFiles folder = new BesideFiles().WithJson(lower: true);
        string path = Path.Combine(folder.Path, "tokenizer.json");
        string json = File.ReadAllText(path);
        int list = json.IndexOf("\"added_tokens\":[", StringComparison.Ordinal) + "\"added_tokens\":[".Length;
        folder.With("tokenizer.json", json[..list] + json[json.IndexOf("],", list, StringComparison.Ordinal)..]).With("tokenizer_config.json", $$"""{"tokenizer_class":"{{name}}"}""");
        TokenizerReading reading = folder.Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(BesideFiles.WordCount, reading.Tokenizer!.IdCount);
        Assert.Equal(found, folder.Ids("[MASK]").SequenceEqual([2, 4, 3]));
    }

    [Fact]
    public void Files_that_agree_are_read_without_a_word()
    {
        using BesideFiles folder = new BesideFiles().WithJson(lower: true).With("config.json", """{"model_type":"bert"}""").With("tokenizer_config.json", """
            {"tokenizer_class":"BertTokenizer","do_lower_case":true,"tokenize_chinese_chars":true,"strip_accents":null,"mask_token":"[MASK]"}
            """);
        Assert.Empty(folder.Read(BesideFiles.WordCount).Problems);
    }

    private static void AssertTold(IReadOnlyList<Problem> problems, params string[][] words)
    {
        Assert.All(problems, p => Assert.Equal(("BERT1305", Severity.Warning), (p.Kind.Id, p.Severity)));
        foreach (string[] each in words) Assert.Contains(problems, p => each.All(word => p.Message.Contains(word, StringComparison.Ordinal)));
        Assert.Equal(words.Length, problems.Count);
    }
}
