using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// Letters back to bytes, and all of them together to text; a token with a letter that stands for no byte is taken as it is (Hugging Face
/// tokenizers, decoders of pre_tokenizers/byte_level.rs).
/// </summary>
internal static class ByteLevelDecoder
{
    public static string Decode(List<string> tokens)
    {
        var bytes = new List<byte>();
        foreach (string token in tokens)
        {
            int before = bytes.Count;
            foreach (char letter in token)
            {
                int value = ByteLetters.ByteOf(letter);
                if (value < 0)
                {
                    bytes.RemoveRange(before, bytes.Count - before);
                    bytes.AddRange(Encoding.UTF8.GetBytes(token));
                    break;
                }

                bytes.Add((byte)value);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
