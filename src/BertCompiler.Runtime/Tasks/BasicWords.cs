using System.Text;
using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>
/// BERT's basic tokenizer (google-research/bert, tokenization.py, <c>BasicTokenizer</c>): cleaned, ideographs set apart, lower-cased and
/// without accents where the model is uncased, cut at white space and round punctuation.
/// </summary>
internal sealed class BasicWords(bool lowerCase)
{
    /// <summary>The words and punctuation characters of a text, normalised.</summary>
    public IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < text.Length;)
        {
            int codePoint = UnicodeTables.CodePointAt(text, i);
            i += UnicodeTables.UnitsOf(codePoint);
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint);
            if ((flags & CodePointFlags.CleanDrops) != 0) continue;
            if ((flags & (CodePointFlags.CleanSpace | CodePointFlags.WhiteSpace)) != 0)
            {
                End();
                continue;
            }

            bool apart = (flags & (CodePointFlags.Chinese | CodePointFlags.Punctuation)) != 0;
            if (apart) End();
            Append(word, codePoint, flags);
            if (apart) End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    private void Append(StringBuilder word, int codePoint, CodePointFlags flags)
    {
        if (!lowerCase)
        {
            AppendCodePoint(word, codePoint);
            return;
        }

        Span<int> hangul = stackalloc int[3];
        Span<int> itself = [codePoint];
        ReadOnlySpan<int> parts = (flags & CodePointFlags.Decomposes) != 0 ? UnicodeTables.Decomposition(codePoint)
            : (flags & CodePointFlags.Hangul) != 0 ? hangul[..UnicodeTables.DecomposeHangul(codePoint, hangul)]
            : itself;
        foreach (int part in parts)
        {
            int @class = UnicodeTables.ClassOf(part);
            if ((UnicodeTables.FlagsOfClass(@class) & CodePointFlags.Accent) == 0) AppendCodePoint(word, UnicodeTables.Lower(part, @class));
        }
    }

    private static void AppendCodePoint(StringBuilder word, int codePoint)
    {
        if (codePoint < 0x10000) word.Append((char)codePoint);
        else word.Append(char.ConvertFromUtf32(codePoint));
    }
}
