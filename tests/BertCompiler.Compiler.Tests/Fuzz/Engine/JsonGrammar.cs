namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>Moves whole JSON values: one is replaced by another one of the same or another text, lost, doubled or wrapped.</summary>
internal sealed class JsonGrammar : IFuzzGrammar
{
    /// <summary>It has no state.</summary>
    public static JsonGrammar Instance { get; } = new();

    /// <inheritdoc/>
    public byte[]? Mutate(byte[] input, byte[] other, Random random)
    {
        if (Pick(input, random) is not { } place) return null;
        byte[] source = random.Next(2) == 0 ? input : other;
        (int start, int end) = place.GetOffsetAndLength(input.Length) is var (s, l) ? (s, s + l) : default;
        ReadOnlySpan<byte> value = input.AsSpan(start..end);
        byte[] piece = random.Next(6) switch
        {
            0 => [.. "["u8, .. value, .. "]"u8],
            1 => [.. value, .. ","u8, .. value],
            2 => [],
            3 => [.. "null"u8],
            _ => Pick(source, random) is { } from ? source[from] : [],
        };
        return [.. input[..start], .. piece, .. input[end..]];
    }

    /// <summary>The value that begins next behind a place chosen by chance; it need not be well-formed.</summary>
    private static Range? Pick(byte[] text, Random random)
    {
        if (text.Length == 0) return null;
        int from = random.Next(text.Length);
        int mark = text.AsSpan(from).IndexOfAny(":[,{"u8);
        if (mark < 0) return null;
        int start = from + mark + 1;
        while (start < text.Length && text[start] <= ' ') start++;
        return start < text.Length ? start..EndOf(text, start) : null;
    }

    private static int EndOf(byte[] text, int start)
    {
        int depth = 0;
        bool quoted = false;
        for (int i = start; i < text.Length; i++)
        {
            byte b = text[i];
            if (quoted)
            {
                if (b == '\\') i++;
                else if (b == '"') quoted = false;
                if (!quoted && depth == 0) return i + 1;
                continue;
            }

            if (b == '"') quoted = true;
            else if (b is (byte)'{' or (byte)'[') depth++;
            else if (b is (byte)'}' or (byte)']' && --depth <= 0) return depth < 0 ? i : i + 1;
            else if (b == ',' && depth == 0) return i;
        }

        return text.Length;
    }
}
