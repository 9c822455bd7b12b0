namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Names of parameters, as PyTorch modules have them, in graphs that tools have rewritten.</summary>
internal static class HubNames
{
    private static readonly string[] Appended = ["_quantized", "_DequantizeLinear", "_QuantizeLinear_Input", "_transposed", "_fp16", "_T"];

    private static readonly string[] Endings = [".weight", ".bias", ".gamma", ".beta"];

    /// <summary>Without what quantisers and optimisers append: <c>_quantized</c>, <c>_Q4</c>, <c>_transposed</c>, <c>_fp16</c>.</summary>
    public static string Base(string name)
    {
        for (int round = 0; round < 4; round++)
        {
            int end = Array.Find(Appended, a => name.EndsWith(a, StringComparison.Ordinal)) is { } appended ? name.Length - appended.Length : BlockSuffix(name);
            if (end <= 0) return name;
            name = name[..end];
        }

        return name;
    }

    /// <summary>Whether it reads like a module's parameter: <c>encoder.layer.0.output.dense.bias</c>, and not <c>onnx::MatMul_345</c>.</summary>
    public static bool IsParameter(string name) =>
        name.Length <= 512 && !name.Contains("::", StringComparison.Ordinal) && !name.Contains('/') && Array.Exists(Endings, e => name.Length > e.Length && name.EndsWith(e, StringComparison.Ordinal));

    /// <summary>The module of a parameter: <c>output.dense</c> of <c>output.dense.bias</c>.</summary>
    public static string Module(string name) => name[..name.LastIndexOf('.')];

    /// <summary>Today's name of a LayerNorm's parameter.</summary>
    public static string Modern(string name)
    {
        if (name.EndsWith(".gamma", StringComparison.Ordinal)) return Module(name) + ".weight";
        return name.EndsWith(".beta", StringComparison.Ordinal) ? Module(name) + ".bias" : name;
    }

    /// <summary>Where <c>_Q4</c>, <c>_Q4G32</c>, <c>_DQ_Q4</c> begin at the end of a name; −1: nowhere.</summary>
    private static int BlockSuffix(string name)
    {
        int at = name.LastIndexOf('_');
        if (at < 0 || name.Length - at is < 3 or > 12 || name[at + 1] is not ('Q' or 'q') || name[at + 2] is not ('2' or '4' or '8')) return -1;
        foreach (char c in name.AsSpan(at + 3))
        {
            if (!char.IsAsciiLetterOrDigit(c)) return -1;
        }

        return name.AsSpan(0, at).EndsWith("_DQ") ? at - 3 : at;
    }
}
