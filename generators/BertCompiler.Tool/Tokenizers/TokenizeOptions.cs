using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The <c>options</c> of a line that <c>bertc tokenize</c> reads.</summary>
/// <param name="Encode">Special tokens and truncation.</param>
/// <param name="Padding">How a batch is filled up, or null.</param>
/// <param name="FlatOverflow">Whether windows that overflow stand behind their text's first one.</param>
internal sealed record TokenizeOptions(EncodeOptions Encode, PaddingBlock? Padding, bool FlatOverflow)
{
    private static readonly string[] Known =
    [
        "add_special_tokens", "is_split_into_words", "truncation", "max_length", "stride", "overflow", "return_overflowing_tokens",
        "truncation_side", "padding", "pad_length", "padding_side", "pad_to_multiple_of",
    ];

    /// <summary>Reads the options. Without one about truncation or padding, the tokenizer file's own blocks apply; with one, neither does.</summary>
    /// <exception cref="TokenizerFault">An option is not known or has an impossible value.</exception>
    public static TokenizeOptions Read(JsonItem? options, TokenizerDescription tokenizer)
    {
        foreach ((JsonItem name, _) in options?.Members() ?? [])
        {
            string text = name.AsText("an option");
            if (!Known.Contains(text)) throw name.Fault(ProblemKinds.TokenizerMalformed, $"the option '{text}' is not known");
        }

        bool special = Flag(options, "add_special_tokens") ?? true;
        bool flat = Flag(options, "overflow") ?? Flag(options, "return_overflowing_tokens") ?? false;
        bool own = Value(options, "truncation") is not null || Value(options, "padding") is not null;
        if (own) return new(Truncation(options!.Value) with { AddSpecialTokens = special }, ReadPadding(options.Value, tokenizer), flat);
        EncodeOptions encode = tokenizer.Truncation is not { } block ? new() : new()
        {
            Truncation = block.Strategy,
            MaxLength = block.MaxLength,
            Stride = block.Stride,
            TruncationSide = block.Side,
        };
        return new(encode with { AddSpecialTokens = special }, tokenizer.Padding, flat);
    }

    private static EncodeOptions Truncation(JsonItem options)
    {
        TruncationStrategy strategy = Word(options, "truncation") switch
        {
            null or "do_not_truncate" or "false" => TruncationStrategy.None,
            "longest_first" or "true" => TruncationStrategy.LongestFirst,
            "only_first" => TruncationStrategy.OnlyFirst,
            "only_second" => TruncationStrategy.OnlySecond,
            string other => throw options.Fault(ProblemKinds.TokenizerMalformed, $"truncation '{other}' is not known"),
        };
        int? length = Count(options, "max_length");
        if (strategy != TruncationStrategy.None && length is null) throw options.Fault(ProblemKinds.TokenizerMalformed, "truncation needs max_length");
        return new()
        {
            Truncation = strategy,
            MaxLength = length ?? 0,
            Stride = Count(options, "stride") ?? 0,
            TruncationSide = Side(options, "truncation_side"),
        };
    }

    private static PaddingBlock? ReadPadding(JsonItem options, TokenizerDescription tokenizer)
    {
        string? word = Word(options, "padding");
        if (word is null or "do_not_pad" or "false") return null;
        if (word is not ("longest" or "true" or "max_length")) throw options.Fault(ProblemKinds.TokenizerMalformed, $"padding '{word}' is not known");
        int? length = word != "max_length" ? null
            : Count(options, "pad_length") ?? Count(options, "max_length")
            ?? throw options.Fault(ProblemKinds.TokenizerMalformed, "padding to max_length needs pad_length or max_length");
        int id = Math.Max(tokenizer.Special.Pad, 0);
        string text = tokenizer.AddedTokens.FirstOrDefault(t => t.Id == id)?.Text ?? tokenizer.Pieces.FirstOrDefault(p => p.Id == id).Text ?? "";
        return new(length, Count(options, "pad_to_multiple_of") ?? 0, id, 0, text, Side(options, "padding_side") ?? TextSide.Right);
    }

    private static JsonItem? Value(JsonItem? options, string name) => options?.FindValue(name);

    private static bool? Flag(JsonItem? options, string name) => Value(options, name)?.AsBoolean($"'{name}'");

    private static int? Count(JsonItem options, string name)
        => Value(options, name) is { } item ? (int)Math.Min(item.AsCount($"'{name}'"), int.MaxValue / 2) : null;

    private static string? Word(JsonItem options, string name) => Value(options, name) is not { } item ? null
        : item.Kind == JsonKind.Boolean ? (item.AsBoolean(name) ? "true" : "false") : item.AsText($"'{name}'");

    private static TextSide? Side(JsonItem options, string name) => Word(options, name) switch
    {
        null => null,
        "right" => TextSide.Right,
        "left" => TextSide.Left,
        string other => throw options.Fault(ProblemKinds.TokenizerMalformed, $"{name} must be left or right, found '{other}'"),
    };
}
