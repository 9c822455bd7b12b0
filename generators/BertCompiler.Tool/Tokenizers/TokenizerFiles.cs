using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// The small files beside a tokenizer's vocabulary, and what transformers takes from which (<c>AutoTokenizer.from_pretrained</c>,
/// <c>PreTrainedTokenizerBase._from_pretrained</c>).
/// </summary>
/// <param name="Config">tokenizer_config.json, where there is one.</param>
/// <param name="Map">special_tokens_map.json, where there is one.</param>
/// <param name="Added">added_tokens.json, where there is one: what tokenizers wrote before transformers 4.34.</param>
/// <param name="Model">config.json, where there is one.</param>
internal sealed record TokenizerFiles(JsonItem? Config, JsonItem? Map, JsonItem? Added, JsonItem? Model)
{
    private const string ClassField = "tokenizer_class";
    private const string FastEnding = "Fast";

    /// <summary>What a folder says in which there is none of the files.</summary>
    public static TokenizerFiles None { get; } = new(null, null, null, null);

    /// <summary>The tokens of <c>added_tokens_decoder</c>; where there is one, special_tokens_map.json and added_tokens.json do not count.</summary>
    public JsonItem? Decoder => Config?.FindValue("added_tokens_decoder");

    /// <summary>Where the tokenizer's class is named: tokenizer_config.json, else config.json.</summary>
    public JsonItem? NamedClass => Config?.FindValue(ClassField) ?? Model?.FindValue(ClassField);

    /// <summary>The class that the files name, without the ending of the fast ones; null: none.</summary>
    public string? ClassName => NamedClass?.AsText($"'{ClassField}'") is not { } name ? null
        : name.EndsWith(FastEnding, StringComparison.Ordinal) ? name[..^FastEnding.Length] : name;

    /// <summary><c>model_type</c> of config.json; null: not known.</summary>
    public string? Family => Model?.FindValue("model_type")?.AsText("'model_type'");

    /// <summary>The class that reads the vocabulary: the one that is named, else that of the model's family; null: not known.</summary>
    public TokenizerClass? Class => ClassName is { } name ? TokenizerClass.OfName(name) : Family is { } family ? TokenizerClass.OfFamily(family) : null;

    /// <summary>Whether some class is named, and none that is read without a tokenizer.json.</summary>
    public bool NamesUnknownClass => ClassName is { } name && !TokenizerClass.IsGeneric(name) && TokenizerClass.OfName(name) is null;

    /// <summary>At which end a text that is too long is cut; null: the files do not say.</summary>
    public TextSide? TruncationSide => Config?.FindValue("truncation_side") is not { } item ? null : item.AsText("'truncation_side'") switch
    {
        "right" => TextSide.Right,
        "left" => TextSide.Left,
        string other => throw item.Fault(ProblemKinds.TokenizerMalformed, $"{item.Tree.Name}: 'truncation_side' must be \"left\" or \"right\", found '{other}'"),
    };

    /// <summary>The same as a switch of the tokenizer.</summary>
    /// <param name="otherwise">What another file says, where these do not.</param>
    public TokenizerOptions TruncationOption(TextSide? otherwise) => (TruncationSide ?? otherwise) == TextSide.Left ? TokenizerOptions.TruncateLeft : TokenizerOptions.None;

    /// <summary>A switch of tokenizer_config.json; null: it does not say.</summary>
    public bool? Flag(string name) => Config?.FindValue(name)?.AsBoolean($"'{name}'");

    /// <summary>What the file that rules says of a role such as <c>mask_token</c>, then what the other one says.</summary>
    public IEnumerable<JsonItem> OfRole(string role) =>
        (Decoder is null ? (JsonItem?[])[Map, Config] : [Config, Map]).Select(file => file?.FindValue(role)).OfType<JsonItem>();

    /// <summary>The class that cannot be read, as a fault.</summary>
    /// <param name="reason">What is said after its name.</param>
    public TokenizerFault UnsupportedClass(string reason)
    {
        JsonItem item = NamedClass!.Value;
        return item.Fault(ProblemKinds.TokenizerUnsupported, $"{item.Tree.Name}: the tokenizer_class '{item.AsText($"'{ClassField}'")}' {reason}");
    }

    /// <summary>The family whose class cannot be read, as a fault.</summary>
    /// <param name="reason">What is said after its name.</param>
    public TokenizerFault UnsupportedFamily(string reason)
    {
        JsonItem item = Model!.Value.FindValue("model_type")!.Value;
        return item.Fault(ProblemKinds.TokenizerUnsupported, $"{item.Tree.Name}: the model_type '{Family}' {reason}");
    }
}
