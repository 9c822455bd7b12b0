using BertCompiler.Testing.Oracle;

namespace BertCompiler.Differential;

/// <summary>A text that both sides read differently.</summary>
/// <param name="Tokenizer">Folder of the tokenizer.</param>
/// <param name="Text">The text.</param>
/// <param name="What">The first thing that differs: ids, offsets, words or decoded text.</param>
/// <param name="Ours">What BertCompiler gives, in the library's terms.</param>
/// <param name="Theirs">What the library gives.</param>
internal sealed record Difference(string Tokenizer, string Text, string What, OracleEncoding Ours, OracleEncoding Theirs)
{
    /// <summary>Decoded text of ours and of the library, where that is what differs.</summary>
    public (string Ours, string Theirs)? Decoded { get; init; }

    private const int MostTokens = 12;
    private const int MostCharacters = 400;

    /// <summary>Several lines for a person; everything but letters, digits and ASCII signs is escaped.</summary>
    public override string ToString()
    {
        int first = 0;
        while (first < Math.Min(Ours.Ids.Length, Theirs.Ids.Length) && Of(Ours, first) == Of(Theirs, first)) first++;
        string text = EscapedText.Of(Text);
        if (text.Length > MostCharacters) text = text[..MostCharacters] + "…";
        if (Decoded is { } decoded)
        {
            return $"""
                {Tokenizer}: {What} differ
                  text   "{text}"
                  ours   "{EscapedText.Of(decoded.Ours)}"
                  theirs "{EscapedText.Of(decoded.Theirs)}"
                """;
        }

        return $"""
            {Tokenizer}: {What} differ from token {first} on
              text   "{text}"
              ours   {Tokens(Ours, first)}
              theirs {Tokens(Theirs, first)}
            """;
    }

    private static string Of(OracleEncoding e, int i) => $"{e.Ids[i]}[{e.Starts[i]},{e.Ends[i]}]w{e.Words[i]}";

    private static string Tokens(OracleEncoding e, int first)
    {
        int from = Math.Max(first - 2, 0);
        int to = Math.Min(from + MostTokens, e.Ids.Length);
        string shown = string.Join(' ', Enumerable.Range(from, to - from).Select(i => Of(e, i)));
        return (from > 0 ? "… " : "") + shown + (to < e.Ids.Length ? " …" : "");
    }
}
