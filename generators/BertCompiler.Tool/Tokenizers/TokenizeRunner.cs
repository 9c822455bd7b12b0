using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Answers one line of <c>bertc tokenize</c>.</summary>
internal static class TokenizeRunner
{
    /// <summary>Encodes what a line asks for.</summary>
    /// <exception cref="TokenizerFault">The line is not understood.</exception>
    /// <exception cref="TruncationException">The text cannot be cut as asked: the reference refuses it too.</exception>
    public static TokenizeResult Run(LoadedTokenizer loaded, JsonItem line)
    {
        TokenizeOptions options = TokenizeOptions.Read(line.FindValue("options"), loaded.Description);
        JsonItem? texts = line.FindValue("texts");
        IReadOnlyList<TokenizeInput> inputs = texts is { } list ? TokenizeInput.ReadBatch(line, list) : [TokenizeInput.Read(line)];
        TokenEncoding[] encodings = [.. inputs.Select(input => Encode(loaded.Tokenizer, input, options.Encode))];
        if (options.Padding is { } padding) encodings = Pad(encodings, padding);
        return new(encodings, texts is not null, options.FlatOverflow);
    }

    private static TokenEncoding Encode(Tokenizer tokenizer, TokenizeInput input, EncodeOptions options) => input.Words is { } words
        ? tokenizer.EncodeWords(words, input.PairWords, options)
        : tokenizer.Encode(input.Text!, input.Pair, options);

    private static TokenEncoding[] Pad(TokenEncoding[] encodings, PaddingBlock padding)
    {
        int length = padding.Length ?? encodings.Select(e => e.Count).DefaultIfEmpty(0).Max();
        if (padding.MultipleOf > 0 && length % padding.MultipleOf > 0) length += padding.MultipleOf - length % padding.MultipleOf;
        var token = new Token(padding.Id, padding.TypeId, padding.Text, default, default, -1, -1, TokenKind.Padding);
        return Array.ConvertAll(encodings, e => e.Pad(length, token, padding.Side));
    }
}
