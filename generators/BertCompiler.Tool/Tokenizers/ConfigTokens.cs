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
        foreach ((string role, string text) in (IEnumerable<(string, string)>)
            [("unk_token", roles.Unk ?? "[UNK]"), ("sep_token", roles.Sep ?? "[SEP]"), ("pad_token", roles.Pad ?? "[PAD]"), ("cls_token", roles.Cls ?? "[CLS]"), ("mask_token", roles.Mask ?? "[MASK]")])
        {
            if (ids.TryGetValue(text, out int id)) tokens.TryAdd(text, new(text, id, FlagsOf(config, map, role)));
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

    /// <summary>Flags of a token with a role: those that special_tokens_map.json or tokenizer_config.json defines, where one writes it as an object.</summary>
    /// <param name="config">tokenizer_config.json, where there is one.</param>
    /// <param name="map">special_tokens_map.json, where there is one.</param>
    /// <param name="role">The role's name, such as <c>mask_token</c>.</param>
    public static AddedTokenFlags FlagsOf(JsonItem? config, JsonItem? map, string role)
        => DefinitionOf(config, map, role) is { } item ? AddedTokenFlags.Special | Flags(item, role) : AddedTokenFlags.Special;

    /// <summary>The tokens of a class of RoBERTa's kin: its mask takes the space before it along, unless a file defines it.</summary>
    public static IEnumerable<AddedToken> AsRoberta(IEnumerable<AddedToken> tokens, TokenRoles roles, JsonItem? config, JsonItem? map)
    {
        bool defined = config?.FindValue("added_tokens_decoder") is not null || DefinitionOf(config, map, "mask_token") is not null;
        return tokens.Select(t => t.Text == roles.Mask && !defined ? t with { Flags = t.Flags | AddedTokenFlags.LeftStrip } : t);
    }

    private static JsonItem? DefinitionOf(JsonItem? config, JsonItem? map, string role)
        => Array.Find((JsonItem?[])[map?.FindValue(role), config?.FindValue(role)], item => item is { Kind: JsonKind.Object });

    private static AddedTokenFlags Flags(JsonItem item, string text)
    {
        return Flag("single_word", AddedTokenFlags.SingleWord) | Flag("lstrip", AddedTokenFlags.LeftStrip)
            | Flag("rstrip", AddedTokenFlags.RightStrip) | Flag("normalized", AddedTokenFlags.Normalized) | Flag("special", AddedTokenFlags.Special);

        AddedTokenFlags Flag(string flag, AddedTokenFlags bit) => item.FindValue(flag)?.AsBoolean($"'{flag}' of '{text}'") == true ? bit : 0;
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
            throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: added_tokens_decoder says that '{text}' has the id {id}; the vocabulary does not");
        }

        return new(text, id, Flags(value, text));
    }
}
