namespace BertCompiler.Tool.Tokenizers.Json;

/// <summary>The six kinds of a JSON value.</summary>
internal enum JsonKind : byte
{
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}
