using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The texts of the tokens with a role, as tokenizer_config.json or special_tokens_map.json name them; null where neither does.</summary>
internal sealed record TokenRoles(string? Unk, string? Cls, string? Sep, string? Mask, string? Pad)
{
    /// <summary>Reads them from the files; tokenizer_config.json rules.</summary>
    public static TokenRoles Read(JsonItem? config, JsonItem? map)
    {
        return new(Name("unk_token"), Name("cls_token"), Name("sep_token"), Name("mask_token"), Name("pad_token"));

        string? Name(string role) => NameIn(config, role) ?? NameIn(map, role);
    }

    /// <summary>A token is written as its text, or as an object that holds it.</summary>
    public static string TextOf(JsonItem item, string what)
        => item.Kind == JsonKind.Object ? item.Require("content", what).AsText(what) : item.AsText(what);

    private static string? NameIn(JsonItem? file, string role)
        => file?.FindValue(role) is { } item ? TextOf(item, $"'{role}'") : null;

    /// <summary>Ids of the roles: by name, else by where they stand in the template or padding block, else by BERT's names.</summary>
    public SpecialIds Resolve(Func<string, int> idOf, IReadOnlyList<TemplatePiece> single, int? padId)
    {
        int first = single.Count > 0 && !single[0].IsText ? single[0].Id : -1;
        int last = single.Count > 1 && !single[^1].IsText ? single[^1].Id : -1;
        return new(Id(Cls, "[CLS]", first), Id(Sep, "[SEP]", last), Id(Mask, "[MASK]", -1), Id(Pad, "[PAD]", padId ?? -1));

        int Id(string? name, string usual, int fallback)
        {
            int id = name is null ? -1 : idOf(name);
            if (id < 0) id = fallback;
            return id < 0 ? idOf(usual) : id;
        }
    }
}
