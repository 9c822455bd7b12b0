using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A stretch of text with a label.</summary>
public class Entity
{
    internal Entity(in Tasks.EntitySpan entity, string text, string label)
    {
        Kind = entity.Kind;
        LabelIndex = entity.Label;
        LabelText = label;
        Score = (float)entity.Score;
        Span = entity.Span;
        Text = text[entity.Span.Start..entity.Span.End];
        FirstToken = entity.FirstToken;
        FirstWord = entity.FirstWord;
        LastWord = entity.LastWord;
    }

    /// <summary>What it is: <c>PER</c> of <c>B-PER</c>; the full label under <see cref="TagAggregation.None"/>.</summary>
    public string Kind { get; }

    /// <summary>Number of the label that it begins with.</summary>
    public int LabelIndex { get; }

    /// <summary>The label that it begins with, <c>B-PER</c>.</summary>
    public string LabelText { get; }

    /// <summary>Probability of the label; of several tokens or words, the mean.</summary>
    public float Score { get; }

    /// <summary>Where it stands in the text, string indices.</summary>
    public TextSpan Span { get; }

    /// <summary>The text at that place, as it was written.</summary>
    public string Text { get; }

    /// <summary>Index of its first token, special tokens counted; in windows, within its window.</summary>
    public int FirstToken { get; }

    /// <summary>First word: of words that the caller gave, its index; else that of the pre-tokenizer's piece.</summary>
    public int FirstWord { get; }

    /// <summary>Last word.</summary>
    public int LastWord { get; }

    /// <summary>For people: <c>PER "Ada Lovelace" at 0..12, 0.98</c>.</summary>
    public override string ToString() => $"{Printed.Short(Kind)} {Printed.Quoted(Text)} at {Span}, {Printed.Number(Score)}";
}
