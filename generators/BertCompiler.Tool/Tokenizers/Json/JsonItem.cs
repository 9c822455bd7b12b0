using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Tokenizers.Json;

/// <summary>One value of a <see cref="JsonTree"/>.</summary>
internal readonly struct JsonItem(JsonTree tree, int node)
{
    public JsonTree Tree => tree;

    public int Node => node;

    public JsonKind Kind => tree.KindOf(node);

    public bool IsNull => Kind == JsonKind.Null;

    /// <summary>The members of an object in the order of the file.</summary>
    public IEnumerable<KeyValuePair<JsonItem, JsonItem>> Members()
    {
        Expect(JsonKind.Object, "this value");
        int end = tree.NextOf(node);
        for (int name = node + 1; name < end; name = tree.NextOf(name + 1)) yield return new(new(tree, name), new(tree, name + 1));
    }

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonItem> Items()
    {
        Expect(JsonKind.Array, "this value");
        int end = tree.NextOf(node);
        for (int item = node + 1; item < end; item = tree.NextOf(item)) yield return new(tree, item);
    }

    /// <summary>The member of that name, or null; a name that stands twice is a fault, since readers disagree on which counts.</summary>
    public JsonItem? Find(string name)
    {
        JsonItem? found = null;
        foreach ((JsonItem key, JsonItem value) in Members())
        {
            if (key.AsText("a name") != name) continue;
            if (found is not null) throw key.Fault(tree.Malformed, $"'{name}' stands twice in one object of {tree.Name}");
            found = value;
        }

        return found;
    }

    /// <summary>The member of that name, or null where it is absent or null.</summary>
    public JsonItem? FindValue(string name) => Find(name) is { IsNull: false } value ? value : null;

    /// <summary>The member of that name, which must be there.</summary>
    public JsonItem Require(string name, string owner)
        => Find(name) ?? throw Fault(tree.Malformed, $"{tree.Name}: '{name}' is missing in {owner}");

    public string AsText(string what)
    {
        Expect(JsonKind.Text, what);
        ReadOnlySpan<byte> bytes = tree.BytesOf(node);
        if (!bytes.Contains((byte)'\\')) return Encoding.UTF8.GetString(bytes);
        byte[] quoted = [(byte)'"', .. bytes, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(tree.Malformed, $"{tree.Name}: {what} holds half of a surrogate pair, which is no character: \"{Encoding.UTF8.GetString(bytes)}\"");
        }
    }

    /// <summary>A string in which half of a surrogate pair may stand, as it may in a C# string.</summary>
    public string AsLooseText(string what)
    {
        Expect(JsonKind.Text, what);
        return JsonText.Unescape(tree.BytesOf(node));
    }

    public bool AsBoolean(string what)
    {
        Expect(JsonKind.Boolean, what);
        return tree.BytesOf(node)[0] == (byte)'t';
    }

    /// <summary>A whole number that is not negative. The greatest 64-bit number stands for all that are greater.</summary>
    public long AsCount(string what)
    {
        Expect(JsonKind.Number, what);
        ReadOnlySpan<byte> bytes = tree.BytesOf(node);
        if (bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            throw Fault(tree.Malformed, $"{tree.Name}: {what} must be a whole number ≥ 0, found {Encoding.UTF8.GetString(bytes)}");
        }

        return Utf8Parser.TryParse(bytes, out long value, out int used) && used == bytes.Length ? value : long.MaxValue;
    }

    public TokenizerFault Fault(ProblemKind kind, string message) => new(tree.At(kind, Severity.Error, this, message));

    /// <summary>A fault unless the value is of that kind.</summary>
    public void Expect(JsonKind kind, string what)
    {
        if (Kind != kind) throw Fault(tree.Malformed, $"{tree.Name}: {what} must be {Describe(kind)}, found {Describe(Kind)}");
    }

    private static string Describe(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "true or false",
        JsonKind.Number => "a number",
        JsonKind.Text => "a string",
        JsonKind.Array => "a list",
        _ => "an object",
    };
}
