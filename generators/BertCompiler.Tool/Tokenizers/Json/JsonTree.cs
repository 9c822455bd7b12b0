using System.Text;
using System.Text.Json;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Tokenizers.Json;

/// <summary>
/// A JSON text with the place of every value: 16 bytes a value beside the text, strings are decoded when asked for. Vocabularies have
/// hundreds of thousands of members, so no object is made for a value.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>Nesting that is read; the tokenizers in use need about 10.</summary>
    public const int MaxDepth = 64;

    private readonly List<Node> _nodes = [];

    private JsonTree(byte[] text, string file, ProblemKind malformed)
    {
        Text = text;
        File = file;
        Malformed = malformed;
    }

    public byte[] Text { get; }

    public string File { get; }

    /// <summary>The kind of problem that a malformed text of this file is.</summary>
    public ProblemKind Malformed { get; }

    public JsonItem Root => new(this, 0);

    /// <summary>Reads a JSON text.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="file">Its path, for messages.</param>
    /// <param name="malformed">What kind of problem it is where it is no JSON.</param>
    /// <exception cref="TokenizerFault">Not UTF-8, not JSON, or nested too deep.</exception>
    public static JsonTree Parse(byte[] text, string file, ProblemKind malformed)
    {
        var tree = new JsonTree(text, file, malformed);
        int bom = TextEncoding.MarkLength(text);
        if (TextEncoding.FaultOf(text, out int invalid) is { } fault) throw tree.Fault(malformed, invalid, $"{tree.Name} {fault}");
        var path = new Stack<string>();
        try
        {
            tree.Read(text.AsSpan(bom), bom, path);
        }
        catch (JsonException e)
        {
            string where = path.Count == 0 ? "" : $" in {string.Join('.', path.Reverse())}";
            long line = (e.LineNumber ?? 0) + 1;
            long column = (e.BytePositionInLine ?? 0) + 1;
            string reason = e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
            throw new TokenizerFault(new(malformed, Severity.Error, file, (int)line, (int)column, $"{tree.Name} is not well-formed JSON{where}: {reason}"));
        }

        return tree;
    }

    /// <summary>The file's name without its folder.</summary>
    public string Name => Path.GetFileName(File);

    public JsonKind KindOf(int node) => _nodes[node].Kind;

    /// <summary>The bytes of a value; of a string without its quotes.</summary>
    public ReadOnlySpan<byte> BytesOf(int node) => Text.AsSpan(_nodes[node].Start, _nodes[node].End - _nodes[node].Start);

    /// <summary>The value behind this one and all that it holds.</summary>
    public int NextOf(int node) => _nodes[node].Next;

    /// <summary>A fault at a byte of the text, with its line and column.</summary>
    public TokenizerFault Fault(ProblemKind kind, int offset, string message) => new(At(kind, Severity.Error, offset, message));

    /// <summary>A problem at a value.</summary>
    public Problem At(ProblemKind kind, Severity severity, JsonItem item, string message) => At(kind, severity, _nodes[item.Node].Start, message);

    private Problem At(ProblemKind kind, Severity severity, int offset, string message)
    {
        ReadOnlySpan<byte> before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        int line = before.Count((byte)'\n') + 1;
        return new(kind, severity, File, line, before.Length - before.LastIndexOf((byte)'\n'), message);
    }

    private void Read(ReadOnlySpan<byte> text, int shift, Stack<string> path)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        var open = new Stack<int>();
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex + shift;
            int end = (int)reader.BytesConsumed + shift;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(_nodes.Count);
                    _nodes.Add(new(start, end, 0, reader.TokenType == JsonTokenType.StartObject ? JsonKind.Object : JsonKind.Array));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    int closed = open.Pop();
                    _nodes[closed] = _nodes[closed] with { End = end, Next = _nodes.Count };
                    break;
                case JsonTokenType.PropertyName:
                    // The colon and white space belong to the token; the name ends with its quote.
                    Add(start + 1, start + 1 + reader.ValueSpan.Length, JsonKind.Text);
                    path.Push(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 60)]));
                    continue;
                case JsonTokenType.String:
                    Add(start + 1, end - 1, JsonKind.Text);
                    break;
                case JsonTokenType.Number:
                    Add(start, end, JsonKind.Number);
                    break;
                default:
                    Add(start, end, reader.TokenType == JsonTokenType.Null ? JsonKind.Null : JsonKind.Boolean);
                    break;
            }

            if (open.Count > 0 && _nodes[open.Peek()].Kind == JsonKind.Object) path.Pop();
        }
    }

    private void Add(int start, int end, JsonKind kind) => _nodes.Add(new(start, end, _nodes.Count + 1, kind));

    private readonly record struct Node(int Start, int End, int Next, JsonKind Kind);
}
