using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The texts of the tokens with a role, as tokenizer_config.json or special_tokens_map.json name them; null where neither does.</summary>
internal sealed record TokenRoles(string? Unk, string? Cls, string? Sep, string? Mask, string? Pad)
{
    /// <summary>The token at the beginning of a text, where it is another role than <see cref="Cls"/>'s.</summary>
    public string? Bos { get; init; }

    /// <summary>The token at the end of a text, where it is another role than <see cref="Sep"/>'s.</summary>
    public string? Eos { get; init; }

    /// <summary>The roles under their names in the files, in the order in which transformers adds tokens to a vocabulary that lacks them.</summary>
    public IEnumerable<(string Role, string? Text)> InOrder =>
    [
        ("bos_token", Bos), ("eos_token", Eos), ("unk_token", Unk), ("sep_token", Sep), ("pad_token", Pad), ("cls_token", Cls), ("mask_token", Mask),
    ];

    /// <summary>Reads them from the files.</summary>
    public static TokenRoles Read(TokenizerFiles files)
    {
        return new(Name("unk_token"), Name("cls_token"), Name("sep_token"), Name("mask_token"), Name("pad_token"))
        {
            Bos = Name("bos_token"),
            Eos = Name("eos_token"),
        };

        string? Name(string role) => files.OfRole(role).Select(item => TextOf(item, $"'{role}'")).FirstOrDefault();
    }

    /// <summary>A token is written as its text, or as an object that holds it.</summary>
    public static string TextOf(JsonItem item, string what)
        => item.Kind == JsonKind.Object ? item.Require("content", what).AsText(what) : item.AsText(what);

    /// <summary>The same, with other names where the files have none.</summary>
    public TokenRoles Or(TokenRoles usual) => new(Unk ?? usual.Unk, Cls ?? usual.Cls, Sep ?? usual.Sep, Mask ?? usual.Mask, Pad ?? usual.Pad)
    {
        Bos = Bos ?? usual.Bos,
        Eos = Eos ?? usual.Eos,
    };

    /// <summary>Ids of the roles: by name, else by where they stand in the template or padding block, else by the names that are usual.</summary>
    /// <param name="idOf">Id of a token, or −1.</param>
    /// <param name="single">The template for one text.</param>
    /// <param name="unknownId">The model's own unknown token, or −1.</param>
    /// <param name="padId">What the padding block says, or null.</param>
    public SpecialIds Resolve(Func<string, int> idOf, IReadOnlyList<TemplatePiece> single, int unknownId, int? padId)
    {
        int first = single.Count > 0 && !single[0].IsText ? single[0].Id : -1;
        int last = single.Count > 1 && !single[^1].IsText ? single[^1].Id : -1;
        return new(
            unknownId >= 0 ? unknownId : Id(Unk, -1, "[UNK]", "<unk>"),
            Id(Cls, first, "[CLS]", "<s>"),
            Id(Sep, last, "[SEP]", "</s>"),
            Id(Mask, -1, "[MASK]", "<mask>"),
            Id(Pad, padId ?? -1, "[PAD]", "<pad>"));

        int Id(string? name, int fallback, params ReadOnlySpan<string> usual)
        {
            int id = name is null ? -1 : idOf(name);
            if (id < 0) id = fallback;
            for (int i = 0; i < usual.Length && id < 0; i++) id = idOf(usual[i]);
            return id;
        }
    }
}
