using BertCompiler.Compiler.Tests.Emitting;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Core.Weights;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>The lines of a manifest that say what a tokenizer does.</summary>
public sealed class TokenizerManifestTest
{
    public static TheoryData<string> Tokenizers => TokenizerCodeTests.Tokenizers;

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void A_tokenizer_survives_its_text_alone_and_in_a_model(string tokenizer)
    {
        TokenizerSpec spec = TokenizerCodeTests.SpecOf(tokenizer);
        TokenizerManifest alone = SampleTokenizers.Of(spec, "a \"name\"\n\u2028\\");
        Assert.Equal(alone, TokenizerManifestText.Read(TokenizerManifestText.Write(alone)));
        Manifest model = SampleManifests.Of(SampleManifests.MiniLm.Spec with { Tokenizer = spec });
        Assert.Equal(model, ManifestText.Read(ManifestText.Write(model)));
    }

    [Fact]
    public void Equal_texts_give_equal_specs_and_another_argument_does_not()
    {
        string text = TokenizerManifestText.Write(SampleTokenizers.Of(SampleTokenizers.XlmRoberta));
        TokenizerManifest first = TokenizerManifestText.Read(text), second = TokenizerManifestText.Read(text);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        string other = text.Replace("split=true", "split=false", StringComparison.Ordinal);
        Assert.NotEqual(text, other);
        Assert.NotEqual(first, TokenizerManifestText.Read(other));
    }

    [Fact]
    public void Only_a_first_piece_asks_for_places()
    {
        Assert.False(SampleTokenizers.XlmRoberta.NeedsPlaces);
        Assert.True((SampleTokenizers.XlmRoberta with { PreTokenizers = new([SplitterSteps.Metaspace('_', "First", split: true)]) }).NeedsPlaces);
    }

    [Fact]
    public void A_manifest_of_the_other_kind_is_refused()
    {
        Assert.Contains("'kind'", Assert.Throws<FormatException>(() => ManifestText.Read(TokenizerManifestText.Write(SampleTokenizers.Of(SampleTokenizers.Bert)))).Message, StringComparison.Ordinal);
        Assert.Contains("'kind'", Assert.Throws<FormatException>(() => TokenizerManifestText.Read(ManifestText.Write(SampleManifests.MiniLm))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normalize Nothing")]
    [InlineData("normalize cleanText")]
    [InlineData("normalize ")]
    [InlineData("normalize CleanText now=true")]
    [InlineData("normalize BertWords")]
    [InlineData("split CleanText")]
    [InlineData("decode JoinBySpaces")]
    [InlineData("normalize Strip left=true")]
    [InlineData("normalize Strip right=true left=true")]
    [InlineData("normalize Strip left=1 right=0")]
    [InlineData("normalize Strip  left=true right=true")]
    [InlineData("normalize Replace pattern=text: content=")]
    [InlineData("normalize Replace pattern=a content=")]
    [InlineData("normalize Replace pattern=sets: content=")]
    [InlineData("normalize Replace pattern=sets:None;;;1;1 content=")]
    [InlineData("normalize Replace pattern=sets:Word;;;1;1 content=")]
    [InlineData("normalize Replace pattern=sets:Letter;;no;1;1 content=")]
    [InlineData("normalize Replace pattern=sets:Letter;;;0;1 content=")]
    [InlineData("normalize Replace pattern=sets:Letter;;;65;any content=")]
    [InlineData("normalize Replace pattern=sets:Letter;;;3;2 content=")]
    [InlineData("normalize Replace pattern=sets:Letter;;;1;99999999999 content=")]
    [InlineData("normalize Replace pattern=sets:None;\\ud800;;1;1 content=")]
    [InlineData("normalize Replace pattern=sets:Letter;;;1;1| content=")]
    [InlineData("normalize Prepend prefix=\\x")]
    [InlineData("normalize Prepend prefix=a b")]
    [InlineData("normalize Precompiled map=-1")]
    [InlineData("normalize Precompiled map=")]
    [InlineData("split Punctuation behavior=Gone")]
    [InlineData("split Punctuation behavior=1")]
    [InlineData("split Metaspace replacement= prepend=Always split=true")]
    [InlineData("split Metaspace replacement=ab prepend=Always split=true")]
    [InlineData("split Metaspace replacement=\\ud800 prepend=Always split=true")]
    [InlineData("decode Bpe suffix=")]
    [InlineData("decode Replace text= content=a")]
    [InlineData("decode Strip character=a atStart=-1 atEnd=0")]
    [InlineData("tokenizer Bert")]
    [InlineData("tokenizer-pause Everywhere")]
    public void A_line_that_no_import_writes_is_refused(string line)
    {
        string text = TokenizerManifestText.Write(SampleTokenizers.Of(SampleTokenizers.Plain));
        string key = line[..line.IndexOf(' ', StringComparison.Ordinal)];
        string[] others = [.. text.Split('\n').Where(l => !l.StartsWith(key + " ", StringComparison.Ordinal))];
        Assert.IsType<TokenizerManifest>(TokenizerManifestText.Read(text));
        FormatException e = Assert.Throws<FormatException>(() => TokenizerManifestText.Read(string.Join('\n', [.. others, line])));
        if (!line.Contains(@"\x", StringComparison.Ordinal)) Assert.Contains($"'{key}'", e.Message, StringComparison.Ordinal);
    }
}
