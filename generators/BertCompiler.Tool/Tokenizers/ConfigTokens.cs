using System.Globalization;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// The added tokens of a tokenizer without tokenizer.json: those with a role, <c>additional_special_tokens</c> and
/// <c>added_tokens_decoder</c> of tokenizer_config.json.
/// </summary>
internal static class ConfigTokens
{
    public static List<AddedToken> Read(
        JsonItem? config, JsonItem? map, TokenRoles roles, Dictionary<string, int> ids, int count, int? tableRows)
    {
        var tokens = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        foreach (string? role in (string?[])[roles.Unk ?? "[UNK]", roles.Sep ?? "[SEP]", roles.Pad ?? "[PAD]", roles.Cls ?? "[CLS]", roles.Mask ?? "[MASK]"])
        {
            if (role is not null && ids.TryGetValue(role, out int id)) tokens.TryAdd(role, new(role, id, AddedTokenFlags.Special));
        }

        foreach (JsonItem? file in (JsonItem?[])[config, map])
        {
            foreach (JsonItem item in file?.FindValue("additional_special_tokens")?.Items() ?? [])
            {
                string text = TokenRoles.TextOf(item, "an additional special token");
                if (ids.TryGetValue(text, out int id)) tokens.TryAdd(text, new(text, id, AddedTokenFlags.Special));
            }
        }

        foreach ((JsonItem name, JsonItem value) in config?.FindValue("added_tokens_decoder")?.Members() ?? [])
        {
            AddedToken token = ReadOne(name, value, ids, count, tableRows);
            tokens[token.Text] = token;
        }

        return AddedTokenReader.InOrderOfPrecedence(tokens.Values.OrderBy(t => t.Id));
    }

    private static AddedToken ReadOne(JsonItem name, JsonItem value, Dictionary<string, int> ids, int count, int? tableRows)
    {
        string file = name.Tree.Name;
        string text = value.Require("content", "an added token").AsText("'content' of an added token");
        if (!int.TryParse(name.AsText("an id"), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            throw name.Fault(ProblemKinds.TokenizerMalformed, $"{file}: the id of '{text}' in added_tokens_decoder is not a whole number ≥ 0");
        }

        if (new Vocabulary(tableRows).OutOfRange(text, id, count) is { } range) throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: the added token {range}");
        bool known = ids.TryGetValue(text, out int inFile);
        if ((known && inFile != id) || (!known && id < count) || text.Length == 0)
        {
            throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: added_tokens_decoder says that '{text}' has the id {id}; vocab.txt does not");
        }

        return new(text, id, Flag("single_word", AddedTokenFlags.SingleWord) | Flag("lstrip", AddedTokenFlags.LeftStrip)
            | Flag("rstrip", AddedTokenFlags.RightStrip) | Flag("normalized", AddedTokenFlags.Normalized) | Flag("special", AddedTokenFlags.Special));

        AddedTokenFlags Flag(string flag, AddedTokenFlags bit) => value.FindValue(flag)?.AsBoolean($"'{flag}' of '{text}'") == true ? bit : 0;
    }
}
