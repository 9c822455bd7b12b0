using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.SentencePiece.Schema;
using Google.Protobuf;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>
/// added_tokens.json, and special tokens that a vocabulary lacks: the ids are those of transformers (<c>_from_pretrained</c>, the part for
/// older files; <c>PreTrainedTokenizer.__init__</c>).
/// </summary>
public sealed class AddedTokensFileTest
{
    private const string Entities = """{"additional_special_tokens":["[E1]","[/E1]"]}""";
    private const string Added = """{"[E1]":15,"[/E1]":16,"helloworld":17}""";

    [Fact]
    public void Beside_vocab_txt_special_ones_are_found_raw_and_others_in_normalised_text()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("special_tokens_map.json", Entities).With("added_tokens.json", Added);
        Assert.Equal([2, 15, 10, 16, 17, 3], folder.Ids("[E1] hello [/E1] HelloWorld", tableRows: 18));
        TokenizerDescription read = folder.Read(18).Tokenizer!;
        Assert.Equal(AddedTokenFlags.Special, read.AddedTokens.Single(t => t.Id == 15).Flags);
        Assert.Equal(AddedTokenFlags.Normalized, read.AddedTokens.Single(t => t.Id == 17).Flags);
    }

    [SharedFact]
    public void The_reported_folder_gives_what_transformers_gives()
    {
        using var loaded = new LoadedTokenizer(TokenizerReader.Read(SharedData.Require("golden", "reports", "added_tokens_json", "wordpiece"), 18).Tokenizer!);
        TokenEncoding encoding = loaded.Tokenizer.Encode("[E1] hello [/E1] HelloWorld");
        Assert.Equal([2, 15, 10, 16, 17, 3], encoding.Ids());
        Assert.Equal([(0, 4), (5, 10), (11, 16), (17, 27)], encoding.Tokens.Where(t => t.Kind == TokenKind.Text).Select(t => (t.Span.Start, t.Span.End)));
    }

    [Fact]
    public void Beside_merges_they_follow_the_vocabulary()
    {
        using BesideFiles folder = new BesideFiles().WithMerges().With("added_tokens.json", """{"<e1>":261,"Word":262}""").With("special_tokens_map.json", """{"additional_special_tokens":["<e1>"]}""");
        Assert.Equal([0, 261, 262, 2], folder.Ids("<e1>Word", tableRows: 263));
    }

    [Fact]
    public void Beside_a_SentencePiece_model_they_follow_the_mask()
    {
        var model = new ModelProto();
        foreach (string text in (string[])["<unk>", "<s>", "</s>", "\u2581a", "\u2581"]) model.Pieces.Add(new Piece { Piece_ = text, Score = -1, Type = text == "<unk>" ? 2 : text[0] == '<' ? 3 : 1 });
        using BesideFiles folder = new BesideFiles().With("sentencepiece.bpe.model", model.ToByteArray()).With("config.json", """{"model_type":"xlm-roberta"}""");

        // Four of fairseq, two pieces, the mask: 6.
        folder.With("added_tokens.json", """{"<e1>":7,"zz":8}""").With("special_tokens_map.json", """{"additional_special_tokens":["<e1>"]}""");
        Assert.Equal([0, 7, 4, 8, 6, 2], folder.Ids("<e1> azz<mask>"));
    }

    [Fact]
    public void Where_tokenizer_config_json_has_its_own_list_it_does_not_count()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("added_tokens.json", """{"[E1]":99}""");
        folder.With("tokenizer_config.json", """{"added_tokens_decoder":{"15":{"content":"[E2]","special":true}}}""");
        Assert.Equal([2, 15, 3], folder.Ids("[E2]", tableRows: 16));
    }

    [Fact]
    public void Beside_a_tokenizer_json_it_does_not_count()
    {
        using BesideFiles folder = new BesideFiles().WithJson().With("added_tokens.json", """{"hello":99}""");
        Assert.Equal([2, 10, 3], folder.Ids("hello"));
    }

    [Theory]
    [InlineData("""{"[E1]":16}""", 20, "the next one is 15")]
    [InlineData("""{"[E1]":15,"[E2]":15}""", 20, "one id, 15")]
    [InlineData("""{"[E1]":15}""", 15, "15 rows")]
    [InlineData("""{"[E1]":3}""", 20, "'[E1]' has the id 3")]
    [InlineData("""{"hello":15}""", 20, "'hello' has the id 15")]
    [InlineData("""{"[E1]":-1}""", 20, "whole number")]
    [InlineData("""{"[E1]":"15"}""", 20, "a number")]
    [InlineData("""{"":15}""", 20, "'' has the id 15")]
    [InlineData("""["[E1]"]""", 20, "an object")]
    public void What_is_wrong_in_it_is_told(string added, int rows, string word)
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("added_tokens.json", added);
        TokenizerReading reading = folder.Read(rows);
        Assert.Null(reading.Tokenizer);
        Problem problem = Assert.Single(reading.Problems);
        Assert.EndsWith("added_tokens.json", problem.File, StringComparison.Ordinal);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Their order is that of transformers: roles first, the mask last of them, then the additional ones.</summary>
    [Fact]
    public void Special_tokens_without_an_id_get_the_next_ones()
    {
        string words = BesideFiles.Words.Replace("[MASK]\n", "[unused]\n", StringComparison.Ordinal).Replace("[PAD]\n", "[unused2]\n", StringComparison.Ordinal);
        using BesideFiles folder = new BesideFiles().With("vocab.txt", words).With("special_tokens_map.json", """{"additional_special_tokens":["[E1]",{"content":"[E2]","lstrip":true}],"mask_token":"[MASK]","pad_token":"[PAD]"}""");
        Assert.Equal([2, 15, 16, 17, 18, 3], folder.Ids("[PAD][MASK][E1] [E2]", tableRows: 19));
        TokenizerDescription read = folder.Read(19).Tokenizer!;
        Assert.Equal((16, 15), (read.Special.Mask, read.Special.Pad));
    }

    [Fact]
    public void Beside_merges_additional_special_tokens_get_the_next_ids()
    {
        using BesideFiles folder = new BesideFiles().WithMerges().With("special_tokens_map.json", """{"additional_special_tokens":["<e1>","</e1>"]}""");
        Assert.Equal([0, 261, 262, 2], folder.Ids("<e1></e1>", tableRows: 263));
    }

    [Theory]
    [InlineData("""{"additional_special_tokens":["[E1]",{"content":"[E2]"}]}""")]
    [InlineData("""{"extra_special_tokens":["[E1]",{"content":"[E2]"}]}""")]
    [InlineData("""{"extra_special_tokens":{"first_token":"[E1]","second_token":{"content":"[E2]"}}}""")]
    public void Additional_ones_have_several_names(string config)
    {
        using BesideFiles words = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("tokenizer_config.json", config);
        using BesideFiles json = new BesideFiles().WithJson().With("tokenizer_config.json", config);
        foreach (BesideFiles folder in (BesideFiles[])[words, json]) Assert.Equal([2, 15, 10, 16, 3], folder.Ids("[E1]hello[E2]", tableRows: 17));
    }

    [Fact]
    public void A_named_beginning_may_be_such_a_token()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("special_tokens_map.json", """{"cls_token":"[START]"}""");
        Assert.Equal([15, 10, 3], folder.Ids("hello", tableRows: 16));
        Problem problem = Assert.Single(folder.Read(15).Problems);
        Assert.Contains("lacks the token for the beginning, '[START]'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_stands_round_every_text_needs_a_row()
    {
        using BesideFiles folder = new BesideFiles().WithMerges().With("tokenizer_config.json", """{"cls_token":"<cls>"}""");
        Assert.Equal([261, 68, 2], folder.Ids("a", tableRows: 262));
        TokenizerReading reading = folder.Read(261);
        Assert.Null(reading.Tokenizer);
        Assert.Contains("'<cls>'", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_a_row_is_left_out_with_a_warning()
    {
        using BesideFiles folder = new BesideFiles().With("vocab.txt", BesideFiles.Words).With("special_tokens_map.json", Entities);
        TokenizerReading reading = folder.Read(16);
        Assert.NotNull(reading.Tokenizer);
        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal(("BERT1306", Severity.Warning), (problem.Kind.Id, problem.Severity));
        Assert.Contains("'[/E1]', and its id would be 16", problem.Message, StringComparison.Ordinal);
        Assert.Equal([2, 15, 5, 13, 7, 8, 6, 3], folder.Ids("[E1][/E1]", 16));
    }
}
