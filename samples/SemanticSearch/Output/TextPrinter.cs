using System.Globalization;
using SemanticSearch.Passages;
using SemanticSearch.Searching;

namespace SemanticSearch.Output;

/// <summary>Answers for people: score, place, heading, and the passage with its best sentence highlighted.</summary>
/// <param name="output">Where to.</param>
/// <param name="colours">Whether the output understands them; without, the sentence stands between » and «.</param>
/// <param name="width">Characters in a line.</param>
/// <param name="nameOf">How a file's path is shown.</param>
internal sealed class TextPrinter(TextWriter output, bool colours, int width, Func<string, string> nameOf) : IAnswerPrinter
{
    private const string Indent = "   ";
    private const string Plain = "\e[0m";
    private const string Dim = "\e[2m";
    private const string Place = "\e[36m";
    private const string Strong = "\e[1;33m";

    public void Print(string query, IReadOnlyList<Hit> hits)
    {
        if (hits.Count == 0) output.WriteLine("nothing found");
        for (int i = 0; i < hits.Count; i++)
        {
            Hit hit = hits[i];
            string place = string.Create(CultureInfo.InvariantCulture, $"{Printable(nameOf(hit.Path))}:{hit.Passage.Line}");
            string heading = hit.Passage.Heading.Length == 0 ? "" : "  " + Coloured(Dim, Printable(hit.Passage.Heading));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {hit.Score:F2}  {Coloured(Place, place)}{heading}"));
            PrintPassage(hit);
            output.WriteLine();
        }

        output.Flush();
    }

    // Marks of colour take no room, so lines are broken first; a line that the sentence runs on to is coloured anew.
    private void PrintPassage(Hit hit)
    {
        string text = Printable(hit.Passage.Text);
        TextRange sentence = hit.Sentence;
        if (!colours)
        {
            text = text.Insert(sentence.End, "«").Insert(sentence.Start, "»");
            sentence = default;
        }

        foreach (TextRange line in WordWrap.Lines(text, width - Indent.Length))
        {
            int first = Math.Clamp(sentence.Start, line.Start, line.End);
            int last = Math.Clamp(sentence.End, line.Start, line.End);
            string lit = first < last ? Coloured(Strong, text[first..last]) : "";
            output.WriteLine($"{Indent}{text[line.Start..first]}{lit}{text[last..line.End]}");
        }
    }

    private string Coloured(string colour, string text) => colours ? colour + text + Plain : text;

    // A text must not be able to send commands to the terminal.
    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) && source[i] != '\n' ? ' ' : source[i];
    });
}
