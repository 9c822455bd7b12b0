namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>
/// Edits one field of a protocol buffer message at any depth and puts the lengths of the messages round it right: lost, doubled, its number,
/// its value, or a field of another file in its place.
/// </summary>
internal sealed class ProtobufGrammar : IFuzzGrammar
{
    private const int Depth = 12;

    /// <summary>It has no state.</summary>
    public static ProtobufGrammar Instance { get; } = new();

    /// <inheritdoc/>
    public byte[]? Mutate(byte[] input, byte[] other, Random random) => Edit(input, other, random, Depth);

    private static byte[]? Edit(byte[] message, byte[] other, Random random, int depth)
    {
        List<Field> fields = Parse(message);
        if (fields.Count == 0) return null;
        int chosen = random.Next(fields.Count);
        Field field = fields[chosen];
        byte[]? value = null;
        if (field.Wire == 2 && depth > 0 && random.Next(5) != 0) value = Edit(message[field.Payload], other, random, depth - 1);
        byte[] piece = value is not null ? Encode(field.Number, 2, value) : EditField(message, field, other, random);
        return [.. message[..field.Start], .. piece, .. message[field.Payload.End..]];
    }

    private static byte[] EditField(byte[] message, Field field, byte[] other, Random random)
    {
        byte[] whole = message[field.Start..field.Payload.End];
        byte[] payload = message[field.Payload];
        switch (random.Next(7))
        {
            case 0:
                return [];
            case 1:
                return [.. whole, .. whole];
            case 2:
                return Encode(random.Next(1, 40), field.Wire, payload);
            case 3 when Parse(other) is { Count: > 0 } theirs:
                Field theirsField = theirs[random.Next(theirs.Count)];
                return other[theirsField.Start..theirsField.Payload.End];
            case 4 when field.Wire == 2:
                return Encode(field.Number, 2, payload[..random.Next(payload.Length + 1)]);
            case 5 when field.Wire == 2 && payload.Length > 0:
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
                return Encode(field.Number, 2, payload);
            case 6 when field.Wire == 2:
                // A message in itself: depth grows.
                return Encode(field.Number, 2, whole);
            default:
                long[] values = [0, 1, -1, 2, 1 << 20, int.MaxValue, 1L << 31, 1L << 40, long.MaxValue, long.MinValue, random.Next(64)];
                return Encode(field.Number, 0, Varint((ulong)values[random.Next(values.Length)]));
        }
    }

    private static byte[] Encode(int number, int wire, byte[] payload) =>
        wire == 2 ? [.. Varint(((ulong)number << 3) | 2), .. Varint((ulong)payload.Length), .. payload] : [.. Varint(((ulong)number << 3) | (uint)wire), .. payload];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    /// <summary>The fields of a message; none where it is no message.</summary>
    private static List<Field> Parse(byte[] message)
    {
        var fields = new List<Field>();
        for (int at = 0; at < message.Length;)
        {
            int start = at;
            if (!TryVarint(message, ref at, out ulong tag) || tag >> 3 is 0 or > 10_000) return [];
            int wire = (int)(tag & 7);
            int payload = at;
            ulong length = 0;
            if (wire == 0 ? !TryVarint(message, ref at, out _) : wire == 2 && !TryVarint(message, ref at, out length)) return [];
            if (wire == 2) payload = at;
            if (wire is not (0 or 1 or 2 or 5)) return [];
            ulong bytes = wire switch { 1 => 8, 5 => 4, 2 => length, _ => 0 };
            if (bytes > (ulong)(message.Length - at)) return [];
            at += (int)bytes;
            fields.Add(new Field(start, payload..at, (int)(tag >> 3), wire));
        }

        return fields;
    }

    private static bool TryVarint(byte[] message, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < message.Length; shift += 7)
        {
            byte b = message[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return true;
        }

        return false;
    }

    private readonly record struct Field(int Start, Range Payload, int Number, int Wire);
}
