using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>
/// Which class reads a folder, as <c>AutoTokenizer</c> chooses it: tokenizer_config.json, else config.json, else the model's family. One that is
/// not known is refused by name, wherever the name stands.
/// </summary>
public sealed class TokenizerClassTest
{
    [Theory]
    [InlineData("BertJapaneseTokenizer")]
    [InlineData("PhobertTokenizer")]
    [InlineData("BertweetTokenizer")]
    [InlineData("HerbertTokenizerFast")]
    [InlineData("T5Tokenizer")]
    [InlineData("MyOwnTokenizer")]
    public void A_class_that_reads_otherwise_is_refused_wherever_it_is_named(string name)
    {
        foreach (string file in (string[])["config.json", "tokenizer_config.json"])
        {
            using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("config.json", """{"model_type":"bert"}""").With(file, $$"""{"tokenizer_class":"{{name}}"}""");
            AssertRefused(folder, file, name);
        }
    }

    [Theory]
    [InlineData("BertJapaneseTokenizer")]
    [InlineData("PhobertTokenizer")]
    [InlineData("BertweetTokenizer")]
    public void One_that_does_not_read_a_tokenizer_json_is_refused_beside_it(string name)
    {
        using BesideFiles folder = new BesideFiles().WithJson().With("config.json", $$"""{"tokenizer_class":"{{name}}"}""");
        AssertRefused(folder, "config.json", name);
    }

    [Fact]
    public void Tokenizer_config_json_rules_over_config_json()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("config.json", """{"tokenizer_class":"BertJapaneseTokenizer"}""").With("tokenizer_config.json", """{"tokenizer_class":"BertTokenizer"}""");
        Assert.Equal([2, 10, 3], folder.Ids("hello"));
    }

    [Theory]
    [InlineData("""{"model_type":"bert","tokenizer_class":null}""")]
    [InlineData("""{"model_type":"bert","tokenizer_class":"BertTokenizer"}""")]
    [InlineData("""{"model_type":"roberta","tokenizer_class":"BertTokenizer"}""")]
    [InlineData("""{"model_type":"electra","tokenizer_class":"ConvBertTokenizerFast"}""")]
    [InlineData("""{"tokenizer_class":"MobileBertTokenizer"}""")]
    [InlineData("""{"tokenizer_class":"DPRQuestionEncoderTokenizer"}""")]
    public void Classes_that_equal_BERTs_read_vocab_txt(string config)
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("config.json", config);
        Assert.Equal([2, 10, 14, 3], folder.Ids("Hello world"));
        Assert.Empty(folder.Read().Problems);
    }

    /// <summary>A folder may hold several vocabularies: the class says which counts.</summary>
    [Theory]
    [InlineData("""{"model_type":"bert"}""", TokenizerModelKind.WordPiece)]
    [InlineData("""{"model_type":"roberta"}""", TokenizerModelKind.Bpe)]
    [InlineData("""{"model_type":"bert","tokenizer_class":"RobertaTokenizer"}""", TokenizerModelKind.Bpe)]
    [InlineData("""{"model_type":"roberta","tokenizer_class":"BertTokenizer"}""", TokenizerModelKind.WordPiece)]
    [InlineData("""{"model_type":"bert","tokenizer_class":"LongformerTokenizerFast"}""", TokenizerModelKind.Bpe)]
    [InlineData("""{"model_type":"bert","tokenizer_class":"BartTokenizer"}""", TokenizerModelKind.Bpe)]
    public void The_class_says_which_vocabulary_counts(string config, TokenizerModelKind model)
    {
        using BesideFiles folder = new BesideFiles().WithMerges().With("vocab.txt", BesideFiles.Words).With("config.json", config);
        Assert.Equal(model, folder.Read().Tokenizer!.Model);
    }

    [Theory]
    [InlineData("XLMRobertaTokenizer", "a SentencePiece model")]
    [InlineData("RobertaTokenizer", "vocab.json with merges.txt")]
    public void A_class_whose_vocabulary_is_not_there_is_refused(string name, string files)
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("config.json", $$"""{"tokenizer_class":"{{name}}"}""");
        AssertRefused(folder, "config.json", name, files);
    }

    /// <summary>Where no class is named, the family tells it.</summary>
    [Theory]
    [InlineData("nomic_bert", "BertTokenizer")]
    [InlineData("ernie", "BertTokenizer")]
    [InlineData("megatron-bert", "BertTokenizer")]
    [InlineData("albert", "AlbertTokenizer")]
    [InlineData("xlm-roberta-xl", "XLMRobertaTokenizer")]
    [InlineData("jina_embeddings_v3", "XLMRobertaTokenizer")]
    [InlineData("roberta-prelayernorm", "RobertaTokenizer")]
    [InlineData("data2vec-text", "RobertaTokenizer")]
    [InlineData("modernbert", null)]
    [InlineData("eurobert", null)]
    [InlineData("gte", null)]
    [InlineData("new", null)]
    public void The_family_tells_the_class(string family, string? name) => Assert.Equal(name, TokenizerClass.OfFamily(family)?.Name);

    /// <summary>Their vocabularies look like others', and are read otherwise.</summary>
    [Theory]
    [InlineData("roformer", "RoFormerTokenizer")]
    [InlineData("deberta-v2", "DebertaV2Tokenizer")]
    public void A_family_whose_class_reads_otherwise_needs_a_tokenizer_json(string family, string name)
    {
        string config = $$"""{"model_type":"{{family}}"}""";
        using (BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("config.json", config)) AssertRefused(folder, "config.json", family, name, "without a tokenizer.json");
        using BesideFiles other = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("config.json", $$"""{"model_type":"{{family}}","tokenizer_class":"BertTokenizer"}""");
        Assert.Equal([2, 10, 3], other.Ids("hello"));
        using BesideFiles json = new BesideFiles().WithJson().With("config.json", config);
        Assert.NotNull(json.Read().Tokenizer);
    }

    [SharedFact]
    public void The_reported_folder_is_refused()
    {
        TokenizerReading reading = TokenizerReader.Read(SharedData.Require("golden", "reports", "tokenizer_class_in_config_json"), 15);
        Assert.Null(reading.Tokenizer);
        Assert.Contains("BertJapaneseTokenizer", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void A_model_of_another_family_may_have_the_pieces_of_XlmRoberta()
    {
        string source = SharedData.Require("golden", "tokenizers", "xlmr");
        using BesideFiles folder = new BesideFiles().With("sentencepiece.bpe.model", File.ReadAllBytes(Path.Combine(source, "sentencepiece.bpe.model"))).With("config.json", """{"model_type":"bert","tokenizer_class":"XLMRobertaTokenizer"}""");
        using var expected = new LoadedTokenizer(TokenizerReader.Read(source, tableRows: null).Tokenizer!);
        foreach (string text in (string[])["Hello world", "Bonjour le monde <mask> é", "你好，世界"]) Assert.Equal(expected.Tokenizer.Encode(text).Ids(), folder.Ids(text));
    }

    private static void AssertRefused(BesideFiles folder, string file, params string[] words)
    {
        TokenizerReading reading = folder.Read();
        Assert.Null(reading.Tokenizer);
        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal("BERT1303", problem.Kind.Id);
        Assert.Equal(Path.Combine(folder.Path, file), problem.File);
        Assert.All(words, word => Assert.Contains(word, problem.Message, StringComparison.Ordinal));
    }
}
