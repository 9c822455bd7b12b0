using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// Replaces what a pattern finds; every character of the replacement has the place of the last one that was found (Hugging Face
/// tokenizers, tokenizer/normalizer.rs, replace).
/// </summary>
internal static class ReplaceNormalizer
{
    private const int ShortContent = 64;

    public static void Apply(NormalizedText text, TextPattern pattern, string content)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        if (!pattern.TryFind(bytes, 0, bytes.Length, out TextSpan match)) return;
        Span<byte> buffer = stackalloc byte[ShortContent];
        ReadOnlySpan<byte> replacement = Encoding.UTF8.TryGetBytes(content, buffer, out int count) ? buffer[..count] : Encoding.UTF8.GetBytes(content);
        var rewriter = new TextRewriter(text);
        do
        {
            int last = match.End - 1;
            rewriter.Replace(match.Start, match.End).AppendBytes(replacement, text.StartOf(last), text.EndOf(last));
        }
        while (pattern.TryFind(bytes, match.End, bytes.Length, out match));
        rewriter.End();
    }
}
