using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>
/// An added token may be white space that the token before it takes along: of the second nothing is left then, and it is no token, as in the
/// library (<c>added_vocabulary.rs</c>, find_matches; <c>pre_tokenizer.rs</c> drops what is empty).
/// </summary>
public sealed class EmptyMatchTest
{
    private const string Tokens = """
        {"id":15,"content":"x","single_word":false,"lstrip":false,"rstrip":true,"normalized":false,"special":false},
        {"id":16,"content":"\n","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special":false}
        """;

    [SharedFact]
    public void The_reported_folder_gives_what_the_library_gives()
    {
        using var loaded = new LoadedTokenizer(TokenizerReader.Read(SharedData.Require("golden", "reports", "added_token_empty_match"), tableRows: null).Tokenizer!);
        TokenEncoding encoding = loaded.Tokenizer.Encode("x\n\u6587");
        Assert.Equal([2, 13, 12, 3], encoding.Ids());
        Assert.Equal([new TextSpan(0, 2), new TextSpan(2, 3)], encoding.Tokens.Where(t => t.Kind == TokenKind.Text).Select(t => t.Span));
    }

    [Theory]
    [InlineData("x\nhello", false, new[] { 15, 10 })]
    [InlineData("x\nhello", true, new[] { 15, 10 })]
    [InlineData("x\n", false, new[] { 15 })]
    [InlineData("hello \nx", false, new[] { 10, 16, 15 })]
    [InlineData("x \n\n hello\n", false, new[] { 15, 10, 16 })]
    [InlineData("x \n\n hello\n", true, new[] { 15, 10, 16 })]
    public void Nothing_of_it_is_left_in_raw_and_in_normalised_text(string text, bool normalized, int[] expected)
    {
        using BesideFiles folder = Folder(normalized);
        using var loaded = new LoadedTokenizer(folder.Read().Tokenizer!);
        Assert.Equal([2, .. expected, 3], loaded.Tokenizer.Encode(text).Ids());
        Assert.Equal(expected.Length, loaded.Tokenizer.Count(text, addSpecialTokens: false));
        Assert.Equal(expected.Length, loaded.Tokenizer.Count(System.Text.Encoding.UTF8.GetBytes(text), addSpecialTokens: false));
    }

    /// <summary>Every order of a few pieces of text, against the library itself, but those that it ends the process on.</summary>
    [OracleFact]
    public void Every_order_of_tokens_and_spaces_is_as_in_the_library()
    {
        using BesideFiles folder = Folder(normalized: false);
        using var loaded = new LoadedTokenizer(folder.Read().Tokenizer!);
        using var library = new HuggingFaceOracle();
        int opened = library.Open(Path.Combine(folder.Path, "tokenizer.json"));
        string[] pieces = ["x", "\n", " ", "hello"];
        string[] texts = [.. from a in pieces from b in pieces from c in pieces from d in pieces select a + b + c + d];
        texts = [.. texts.Where(t => !EndsTheLibrary(t))];
        OracleEncoding[] expected = library.Encode(opened, texts);
        for (int i = 0; i < texts.Length; i++) Assert.Equal(expected[i].Ids, loaded.Tokenizer.Encode(texts[i]).Ids());
    }

    /// <summary>Whether a line break stands inside the white space that an "x" took: the library then slices backwards, and panics.</summary>
    private static bool EndsTheLibrary(string text)
    {
        for (int x = text.IndexOf('x', StringComparison.Ordinal); x >= 0; x = text.IndexOf('x', x + 1))
        {
            int end = x + 1;
            while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
            if (end > x + 1 && text.AsSpan((x + 1)..(end - 1)).Contains('\n')) return true;
        }

        return false;
    }

    private static BesideFiles Folder(bool normalized)
    {
        BesideFiles folder = new BesideFiles().WithJson();
        string path = Path.Combine(folder.Path, "tokenizer.json");
        string tokens = normalized ? Tokens.Replace("\"normalized\":false", "\"normalized\":true", StringComparison.Ordinal) : Tokens;
        string json = File.ReadAllText(path).Replace("\"special\":true}],", "\"special\":true}," + tokens + "],", StringComparison.Ordinal);
        if (normalized) json = json.Replace("\"clean_text\":true", "\"clean_text\":false", StringComparison.Ordinal);
        return folder.With("tokenizer.json", json);
    }
}
