using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Tokenizers.Verification;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>The verifier finds nothing different in the reference folders, and finds what is made different.</summary>
public sealed class TokenizerVerifierTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedTheory]
    [InlineData("albert", 774)]
    [InlineData("bbpe", 728)]
    [InlineData("bbpe_notrim", 728)]
    [InlineData("bbpe_prefix", 770)]
    [InlineData("bbpe_prefix_notrim", 728)]
    [InlineData("bert_uncased", 3097 + 4352)]
    [InlineData("camembert", 728)]
    [InlineData("mpnet", 772)]
    [InlineData("odd10_herbert_bpe", 728)]
    [InlineData("odd11_char_delimiter_nothing", 728)]
    [InlineData("odd1_nfd_lower_strip_whitespace", 728)]
    [InlineData("odd2_nfkc_replace_punct_digits", 781)]
    [InlineData("odd3_bpe_metaspace_prepend", 782)]
    [InlineData("odd4_split_regex_isolated", 769)]
    [InlineData("odd5_bytelevel_sequence_post", 728)]
    [InlineData("odd6_metaspace_first_wp", 780)]
    [InlineData("odd7_wordlevel_ws", 728)]
    [InlineData("odd8_unigram_bertpre", 728)]
    [InlineData("odd9_bpe_continuing_prefix", 728)]
    [InlineData("roberta_gpt2bpe", 3090 + 4352)]
    [InlineData("spm_bpe", 728)]
    [InlineData("spm_bpe_byte_fallback", 728)]
    [InlineData("wp_cased", 0)]
    [InlineData("wp_cased_nochinese", 728)]
    [InlineData("wp_cased_strip", 728)]
    [InlineData("wp_custom_special", 728)]
    [InlineData("wp_lower_keep_accents", 728)]
    [InlineData("wp_lower_max200", 728)]
    [InlineData("wp_lower_noclean", 728)]
    [InlineData("xlmr", 3093 + 4352)]
    [InlineData("xlmr_strip_replace", 728)]
    public void NothingDiffersFromTheReference(string name, int cases)
    {
        string folder = SharedData.Require("golden", "tokenizers", name);
        TokenizerVerification compiled = TokenizerVerifier.Verify(folder, ModelCache.OfUser, default);
        Assert.Empty(compiled.Problems);
        Assert.All(compiled.Rows, row => Assert.True(row.Passed, $"{row}"));
        Assert.True(compiled.Passed);
        if (cases > 0) Assert.Equal(cases, compiled.Rows.Sum(r => r.Cases));
        Assert.Equal(compiled.Rows, TokenizerVerifier.Verify(folder).Rows); // the steps of the description, run one by one
    }

    [SharedFact]
    public void AnotherChoiceOfTheSameScoreIsListedApart()
    {
        string source = SharedData.Require("golden", "tokenizers", "xlmr");
        File.Copy(Path.Combine(source, "tokenizer.json"), Path.Combine(_folder, "tokenizer.json"));
        string text = new('a', 99);
        File.WriteAllLines(Path.Combine(_folder, "cases_mine.jsonl"),
        [
            $$"""{"text":"{{text}}","ids":[0,9,880,880,880,880,880,880,28,28,2],"offsets":[[0,0],[0,99]],"score_tie":true}""",
            $$"""{"text":"{{text}}","ids":[0,9,880,880,880,880,880,880,28,28,2]}""",
            $$"""{"text":"{{text}}","ids":[0,9,880,880,880,880,880,28,28,28,2],"score_tie":true}""",
            $$"""{"text":"{{text}}","ids":[0,9,880,880,880,880,880,880,28,28,2],"offsets":[[0,0],[0,98]],"score_tie":true}""",
        ]);
        TokenizerVerificationRow row = Assert.Single(TokenizerVerifier.Verify(_folder).Rows);
        Assert.Equal((4, 3, 1, 1), (row.Cases, row.IdsDifferent, row.OffsetsDifferent, row.Ties));
        Assert.StartsWith("line 2 (Ids)", row.FirstDifference, StringComparison.Ordinal);
    }

    [SharedFact]
    public void AnotherDecodedTextIsCounted()
    {
        string source = SharedData.Require("golden", "tokenizers", "wp_cased_strip");
        File.Copy(Path.Combine(source, "tokenizer.json"), Path.Combine(_folder, "tokenizer.json"));
        File.WriteAllText(Path.Combine(_folder, "cases_mine.jsonl"), """{"ids":[2,3],"rust":"[CLS]","rust_skip":""}""");
        TokenizerVerificationRow row = Assert.Single(TokenizerVerifier.Verify(_folder).Rows);
        Assert.Equal((0, 1), (row.IdsDifferent, row.DecodedDifferent));
        Assert.False(row.Passed);
    }

    [Fact]
    public void AFolderWithoutTokenizerSaysSo()
    {
        TokenizerImportResult result = TokenizerImporter.Import(_folder, new ImportTarget(Path.Combine(_folder, "out"), "x"));
        Assert.Null(result.Manifest);
        Assert.Equal("BERT1304", Assert.Single(result.Problems).Kind.Id);
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
    }

    [SharedFact]
    public void WhatIsDifferentIsCounted()
    {
        string source = SharedData.Require("golden", "tokenizers", "wp_cased_strip");
        File.Copy(Path.Combine(source, "tokenizer.json"), Path.Combine(_folder, "tokenizer.json"));
        File.WriteAllLines(Path.Combine(_folder, "cases_mine.jsonl"),
        [
            """{"text":"","ids":[2,3],"offsets":[[0,0],[0,0]],"word_ids":[null,null]}""",
            """{"text":"","ids":[2,4],"offsets":[[0,0],[0,0]],"word_ids":[null,null]}""",
            """{"text":"","ids":[2,3],"offsets":[[0,0],[0,1]],"word_ids":[null,null]}""",
            """{"text":"","ids":[2,3],"offsets":[[0,0],[0,0]],"word_ids":[null,0]}""",
            """{"text":"","ids":[2,3],"type_ids":[0,1],"offsets":[[0,0],[0,0]],"word_ids":[null,null]}""",
            """{"text":"","error":"refused"}""",
        ]);
        TokenizerVerification verification = TokenizerVerifier.Verify(_folder);
        TokenizerVerificationRow row = Assert.Single(verification.Rows);
        Assert.False(verification.Passed);
        Assert.Equal((6, 2, 1, 1, 1), (row.Cases, row.IdsDifferent, row.OffsetsDifferent, row.WordIdsDifferent, row.OtherDifferent));
        Assert.StartsWith("line 2 (Ids)", row.FirstDifference, StringComparison.Ordinal);
    }

    [SharedFact]
    public void ATokenizerThatIsNotSupportedIsNotPassed()
    {
        string source = SharedData.Require("golden", "tokenizers", "odd1_nfd_lower_strip_whitespace");
        string text = File.ReadAllText(Path.Combine(source, "tokenizer.json")).Replace("\"Whitespace\"", "\"UnicodeScripts\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), text);
        File.WriteAllText(Path.Combine(_folder, "cases_mine.jsonl"), "");
        TokenizerVerification verification = TokenizerVerifier.Verify(_folder);
        Assert.False(verification.Passed);
        Assert.Equal("tokenizer_unsupported", Assert.Single(verification.Problems).Kind.Class);
        Assert.Contains("UnicodeScripts", verification.Problems[0].Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void TheFolderMayBeNamedWithASeparatorAtItsEnd()
        => Assert.Empty(TokenizerVerifier.Verify(SharedData.Require("golden", "tokenizers", "wp_cased") + "/").Problems);

    [Fact]
    public void AFolderWithoutCasesIsNotPassed()
    {
        Assert.False(TokenizerVerifier.CanVerify(_folder));
        Assert.False(TokenizerVerifier.Verify(_folder).Passed);
    }
}
