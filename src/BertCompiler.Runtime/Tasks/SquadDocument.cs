using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>A context as the SQuAD script sees it: words between blanks, and each word's pieces.</summary>
internal sealed class SquadDocument
{
    private readonly BasicWords _basic;

    public SquadDocument(string context, Tokenizer tokenizer, bool? lowerCase, CancellationToken cancellation = default)
    {
        string[] words = context.Split([' ', '\t', '\r', '\n', '\u202f'], StringSplitOptions.RemoveEmptyEntries);
        Words = words;
        Pieces = [.. tokenizer.EncodeWords(words, options: new EncodeOptions { AddSpecialTokens = false }, cancellationToken: cancellation).Tokens];
        _basic = new BasicWords(lowerCase ?? Lowers(tokenizer));
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>All pieces in order; a piece's word is the number of its word.</summary>
    public Token[] Pieces { get; }

    /// <summary>The text of pieces first … last: put together, then found again in the original words.</summary>
    public string TextOf(int first, int last)
    {
        string joined = string.Join(' ', Pieces[first..(last + 1)].Select(p => p.Text)).Replace(" ##", "", StringComparison.Ordinal).Trim();
        string predicted = string.Join(' ', joined.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string original = string.Join(' ', Words.Skip(Pieces[first].Word).Take(Pieces[last].Word - Pieces[first].Word + 1));
        return SquadProjection.Project(predicted, original, _basic.Of);
    }

    /// <summary>Whether a capital letter reads as a small one.</summary>
    private static bool Lowers(Tokenizer tokenizer) => tokenizer.Encode("A", options: new EncodeOptions { AddSpecialTokens = false }).Tokens is [{ Text: "a" }];
}
