namespace BertCompiler.Tokenization;

/// <summary>White space ends a word and is dropped, each punctuation character is a word (Hugging Face tokenizers, pre_tokenizers/bert.rs).</summary>
internal static class BertPreTokenizer
{
    public static void Apply(SplitText text)
    {
        SplitList output = text.NextPieces();
        ReadOnlySpan<byte> bytes = text.Text.Bytes;
        for (int p = 0; p < text.Pieces.Count; p++) new WordScan(bytes[..text.Pieces.EndOf(p)], output, splitsPunctuation: true).Run(text.Pieces.StartOf(p));
        text.TakePieces();
    }
}
