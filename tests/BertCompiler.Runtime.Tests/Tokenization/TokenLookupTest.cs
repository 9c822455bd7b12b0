using BertCompiler.Testing;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>Tokens with a role, whatever the model calls them, and looking tokens up by text.</summary>
public sealed class TokenLookupTest
{
    [SharedTheory]
    [InlineData("bert_uncased", TokenizerModelKind.WordPiece, "[UNK] [CLS] [SEP] [MASK] [PAD]")]
    [InlineData("mpnet", TokenizerModelKind.WordPiece, "[UNK] <s> </s> <mask> <pad>")]
    [InlineData("roberta_gpt2bpe", TokenizerModelKind.Bpe, "<unk> <s> </s> <mask> <pad>")]
    [InlineData("xlmr", TokenizerModelKind.Unigram, "<unk> <s> </s> <mask> <pad>")]
    [InlineData("camembert", TokenizerModelKind.Unigram, "<unk> <s> </s> <mask> <pad>")]
    [InlineData("albert", TokenizerModelKind.Unigram, "<unk> [CLS] [SEP] [MASK] <pad>")]
    [InlineData("odd7_wordlevel_ws", TokenizerModelKind.WordLevel, "[UNK] [CLS] [SEP] [MASK] [PAD]")]
    [InlineData("odd10_herbert_bpe", TokenizerModelKind.Bpe, "<unk> <s> </s> <mask> <pad>")]
    public void RolesAndModelsAreKnown(string name, TokenizerModelKind model, string roles)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        Assert.Equal(model, tokenizer.Model);
        int[] ids = [tokenizer.UnknownId, tokenizer.ClsId, tokenizer.SepId, tokenizer.MaskId, tokenizer.PadId];
        Assert.Equal(roles.Split(' '), ids.Select(tokenizer.TextOf));
        Assert.All(ids, id => Assert.True(tokenizer.IsSpecial(id)));
        Assert.All(ids, id => Assert.Equal(id, tokenizer.IdOf(tokenizer.TextOf(id)!)));
    }

    [SharedTheory]
    [InlineData("roberta_gpt2bpe", "Ġthe")]
    [InlineData("xlmr", "▁the")]
    [InlineData("bert_uncased", "##ing")]
    public void TokensAreFoundAsTheVocabularyWritesThem(string name, string token)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(name);
        int id = Assert.NotNull(tokenizer.IdOf(token));
        Assert.Equal(token, tokenizer.TextOf(id));
        Assert.False(tokenizer.IsSpecial(id));
        Assert.Null(tokenizer.IdOf("no such token"));
        Assert.Null(tokenizer.IdOf(new string('x', 100_000)));
        Assert.False(tokenizer.IsSpecial(-1));
    }

    /// <summary>A special token may be looked for in normalised text, where it reads otherwise.</summary>
    [SharedFact]
    public void AddedTokensAreFoundByTheirOwnText()
    {
        Tokenizer tokenizer = GoldenTokenizers.Get("wp_custom_special");
        foreach (var added in GoldenTokenizers.Load("wp_custom_special").Description.AddedTokens)
        {
            Assert.Equal(added.Id, tokenizer.IdOf(added.Text));
            Assert.Equal((added.Flags & AddedTokenFlags.Special) != 0, tokenizer.IsSpecial(added.Id));
        }
    }
}
