namespace BertCompiler.Core.Emit;

/// <summary>Which class names a model can have.</summary>
public static class ClassNames
{
    private static readonly HashSet<string> _keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed",
        "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong",
        "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>
    /// Members of every generated class: C# lets no class be called like its own member. Those of its program, which is a class of its own,
    /// are free.
    /// </summary>
    private static readonly HashSet<string> _members = new(StringComparer.Ordinal)
    {
        "Hidden", "Layers", "Heads", "HeadSize", "FeedForward", "Vocabulary", "MaxTokens", "Dimension", "Pooling", "Normalized", "ContentHash", "WeightsFile",
        "Load", "LoadTokenizer", "TextPipeline", "CpuProgram", "Embed", "Encode", "Run", "Facts", "Tokenizer", "Dispose",
        "FirstLayer", "LayerBytes", "LayersEnd", "LayerStart", "At", "Label", "LabelTexts", "LinkedWeights", "OpenWeights",
        "Prompts", "EmbedQuery", "EmbedDocument", "Similarity", "Sentence", "DimensionOf",
        "Head", "DescribeHead", "DescribeSentence", "Classify", "Rerank", "Tag", "TagWords", "Answer", "AnswerSquad", "Choose", "FillMask", "EncodeSparse", "NextSentence", "SentenceOrder", "DetectReplaced",
        "ToString", "Equals", "GetHashCode", "GetType",
    };

    /// <summary>Members of the class of a tokenizer alone.</summary>
    private static readonly HashSet<string> _tokenizerMembers = new(StringComparer.Ordinal)
    {
        "VocabularySize", "SpecialTokens", "UnknownToken", "ContentHash", "PackedFile", "Load", "OpenPacked", "TextPipeline", "ToString", "Equals", "ReferenceEquals", "GetHashCode", "GetType",
    };

    /// <summary>Why <paramref name="fullName"/> cannot name a class; null: it can.</summary>
    /// <param name="fullName">The name, with its namespace.</param>
    /// <param name="ofTokenizer">Whether the class is that of a tokenizer alone.</param>
    public static string? Problem(string fullName, bool ofTokenizer = false)
    {
        string[] parts = fullName.Split('.');
        foreach (string part in parts)
        {
            if (!IsIdentifier(part)) return $"'{(part.Length == 0 ? fullName : part)}' is not a C# identifier";
            if (_keywords.Contains(part)) return $"'{part}' is a C# keyword";
        }

        return (ofTokenizer ? _tokenizerMembers.Contains(parts[^1]) : IsMember(parts[^1])) ? $"'{parts[^1]}' is the name of a member of the generated class" : null;
    }

    /// <summary>Whether <paramref name="text"/> is written like an identifier.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>The offsets of each kind of layer are a class of their own, <c>InLocalLayer</c>, <c>InEncoderLayer2</c>.</summary>
    private static bool IsMember(string name) =>
        _members.Contains(name) || (name.StartsWith("In", StringComparison.Ordinal) && name.TrimEnd([.. "0123456789"]).EndsWith("Layer", StringComparison.Ordinal));

    /// <summary>Whether <paramref name="text"/> is a reserved word.</summary>
    public static bool IsKeyword(string text) => _keywords.Contains(text);
}
