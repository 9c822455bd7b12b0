namespace BertCompiler.Compiler.Tests.Importing.TensorBundle;

/// <summary>Hugging Face's names of an encoder's tensors as google-research/bert calls them.</summary>
internal static class OriginalNames
{
    /// <summary>The name, and whether it is a kernel, which is stored [inputs, outputs].</summary>
    public static (string Name, bool IsKernel) Of(string name, int dimensions)
    {
        bool isNorm = name.Contains("LayerNorm", StringComparison.Ordinal);
        bool isTable = name.EndsWith("_embeddings.weight", StringComparison.Ordinal);
        string stem = "bert/" + name[..name.LastIndexOf('.')].Replace("layer.", "layer_", StringComparison.Ordinal).Replace('.', '/');
        string last = name.EndsWith(".bias", StringComparison.Ordinal) ? (isNorm ? "/beta" : "/bias") : isNorm ? "/gamma" : isTable ? "" : "/kernel";
        return (stem + last, !isNorm && !isTable && dimensions == 2);
    }
}
