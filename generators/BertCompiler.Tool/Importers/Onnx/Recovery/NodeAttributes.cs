using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Attributes and inputs of a node, as ONNX defines them: absent ones have a default, optional inputs an empty name.</summary>
internal static class NodeAttributes
{
    /// <summary>ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>Whether a node is one of ONNX's own operators.</summary>
    public static bool Is(this NodeProto node, string operation) => node.OpType == operation && (node.Domain is "" or "ai.onnx");

    /// <summary>Whether a node is one of ONNX Runtime's operators.</summary>
    public static bool IsMicrosoft(this NodeProto node, string operation) => node.OpType == operation && node.Domain == Microsoft;

    /// <summary>The input at a place; empty: it is left out.</summary>
    public static string In(this NodeProto node, int index) => index < node.Input.Count ? node.Input[index] : "";

    /// <summary>The first output; empty: there is none.</summary>
    public static string Out(this NodeProto node) => node.Output.Count > 0 ? node.Output[0] : "";

    /// <summary>A whole number.</summary>
    public static long Int(this NodeProto node, string name, long absent) => Find(node, name)?.I ?? absent;

    /// <summary>A number.</summary>
    public static float Float(this NodeProto node, string name, float absent) => Find(node, name)?.F ?? absent;

    /// <summary>A text.</summary>
    public static string Text(this NodeProto node, string name, string absent) => Find(node, name)?.S.ToStringUtf8() ?? absent;

    /// <summary>Whole numbers; empty where the attribute is absent.</summary>
    public static IReadOnlyList<long> Ints(this NodeProto node, string name) => Find(node, name)?.Ints ?? (IReadOnlyList<long>)[];

    /// <summary>What a message calls the node: its name, or else its first output.</summary>
    public static string Label(this NodeProto node) => node.Name.Length > 0 ? node.Name : node.Out();

    private static AttributeProto? Find(NodeProto node, string name)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.Name == name) return attribute;
        }

        return null;
    }
}
