using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace BertCompiler.Tokenization;

/// <summary>
/// Tokens of bytes back to text; of a run that is not UTF-8, each byte becomes U+FFFD (Hugging Face tokenizers, decoders/byte_fallback.rs).
/// </summary>
internal static class ByteFallbackDecoder
{
    private const int TokenLength = 6;

    public static List<string> Decode(List<string> tokens)
    {
        var decoded = new List<string>();
        var bytes = new List<byte>();
        foreach (string token in tokens)
        {
            if (IsByte(token, out byte value))
            {
                bytes.Add(value);
                continue;
            }

            Flush(bytes, decoded);
            decoded.Add(token);
        }

        Flush(bytes, decoded);
        return decoded;
    }

    private static bool IsByte(string token, out byte value)
    {
        value = 0;
        return token.Length == TokenLength && token.StartsWith("<0x", StringComparison.Ordinal) && token[^1] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static void Flush(List<byte> bytes, List<string> decoded)
    {
        if (bytes.Count == 0) return;
        byte[] run = [.. bytes];
        decoded.Add(Utf8.IsValid(run) ? Encoding.UTF8.GetString(run) : new string('\uFFFD', run.Length));
        bytes.Clear();
    }
}
