using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>A text, or one that is already split into words; and perhaps a second one.</summary>
/// <param name="Text">The text, or null.</param>
/// <param name="Words">The words, or null.</param>
/// <param name="Pair">The second text, or null.</param>
/// <param name="PairWords">The words of the second text, or null.</param>
internal sealed record TokenizeInput(string? Text, IReadOnlyList<string>? Words, string? Pair, IReadOnlyList<string>? PairWords)
{
    /// <summary>Reads <c>text</c> or <c>words</c>, with <c>pair</c> or <c>pair_words</c>.</summary>
    /// <exception cref="TokenizerFault">Neither is there, or they do not go together.</exception>
    public static TokenizeInput Read(JsonItem line)
    {
        IReadOnlyList<string>? words = List(line.FindValue("words"), "'words'");
        IReadOnlyList<string>? pairWords = List(line.FindValue("pair_words"), "'pair_words'");
        string? text = line.FindValue("text")?.AsLooseText("'text'");
        string? pair = line.FindValue("pair")?.AsLooseText("'pair'");
        if (text is null == words is null) throw line.Fault(ProblemKinds.TokenizerMalformed, "a line needs either 'text' or 'words'");
        bool mixed = (pair is not null && text is null) || (pairWords is not null && words is null);
        if (mixed) throw line.Fault(ProblemKinds.TokenizerMalformed, "'pair' goes with 'text', 'pair_words' with 'words'");
        return new(text, words, pair, pairWords);
    }

    /// <summary>Reads the batch form: <c>texts</c>, with <c>pairs</c> where there are pairs.</summary>
    /// <exception cref="TokenizerFault">The lists differ in length.</exception>
    public static IReadOnlyList<TokenizeInput> ReadBatch(JsonItem line, JsonItem texts)
    {
        JsonItem[] first = [.. texts.Items()];
        JsonItem[]? second = line.FindValue("pairs")?.Items().ToArray();
        if (second is not null && second.Length != first.Length)
        {
            throw line.Fault(ProblemKinds.TokenizerMalformed, $"there are {first.Length} 'texts' and {second.Length} 'pairs'");
        }

        return [.. first.Select((item, i) => One(item, second?[i]))];
    }

    private static TokenizeInput One(JsonItem text, JsonItem? pair) => text.Kind == JsonKind.Array
        ? new(null, List(text, "a text"), null, List(pair, "a pair"))
        : new(text.AsLooseText("a text"), null, pair?.AsLooseText("a pair"), null);

    private static IReadOnlyList<string>? List(JsonItem? item, string what) => item?.Items().Select(i => i.AsLooseText(what)).ToArray();
}
