using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Reads the list <c>added_tokens</c> of a tokenizer.json.</summary>
internal static class AddedTokenReader
{
    public static List<AddedToken> Read(JsonItem root, Vocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        if (root.FindValue("added_tokens") is not { } list) return tokens;
        var byId = new Dictionary<int, string>();
        var byText = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonItem item in list.Items())
        {
            AddedToken token = ReadOne(item, vocabulary);
            string file = root.Tree.Name;
            if (!byText.Add(token.Text)) throw item.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: '{token.Text}' stands twice among added_tokens");
            if (!byId.TryAdd(token.Id, token.Text))
            {
                throw item.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: the added tokens '{byId[token.Id]}' and '{token.Text}' have one id, {token.Id}");
            }

            tokens.Add(token);
        }

        return InOrderOfPrecedence(tokens);
    }

    /// <summary>The library puts special tokens first; where two are normalised to one text, the first is found.</summary>
    public static List<AddedToken> InOrderOfPrecedence(IEnumerable<AddedToken> tokens)
        => [.. tokens.OrderBy(t => (t.Flags & AddedTokenFlags.Special) != 0 ? 0 : 1)];

    private static AddedToken ReadOne(JsonItem item, Vocabulary vocabulary)
    {
        string file = item.Tree.Name;
        string text = item.Require("content", "an added token").AsText("'content' of an added token");
        long id = item.Require("id", $"the added token '{text}'").AsCount($"the id of '{text}'");
        if (text.Length == 0) throw item.Fault(ProblemKinds.TokenizerMalformed, $"{file}: an added token has no text");
        if (vocabulary.OutOfRange(text, id, vocabulary.Pieces.Count) is { } range)
        {
            throw item.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: the added token {range}");
        }

        int known = vocabulary.IdOf(text);
        if (known >= 0 && known != id)
        {
            throw item.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: '{text}' has the id {known} in model.vocab and {id} among added_tokens");
        }

        if (known < 0 && vocabulary.TextOf((int)id) is { } owner)
        {
            throw item.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: the added token '{text}' has the id {id}, which is that of '{owner}' in model.vocab");
        }

        AddedTokenFlags flags = Flag("single_word", AddedTokenFlags.SingleWord) | Flag("lstrip", AddedTokenFlags.LeftStrip)
            | Flag("rstrip", AddedTokenFlags.RightStrip) | Flag("normalized", AddedTokenFlags.Normalized) | Flag("special", AddedTokenFlags.Special);
        return new(text, (int)id, flags);

        AddedTokenFlags Flag(string name, AddedTokenFlags flag)
            => item.Require(name, $"the added token '{text}'").AsBoolean($"'{name}' of '{text}'") ? flag : 0;
    }
}
