using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>Puts a text before one that is not empty, at the place of its first character (Hugging Face tokenizers, normalizers/prepend.rs).</summary>
internal static class PrependNormalizer
{
    public static void Apply(NormalizedText text, string prefix)
    {
        if (text.Length == 0) return;
        NormalizedText output = text.Next();
        foreach (Rune rune in prefix.EnumerateRunes()) output.AppendCodePoint(rune.Value, text.StartOf(0), text.EndOf(0));
        output.AppendFrom(text, 0, text.Length);
        text.TakeNext();
    }
}
