namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>The forms in which a graph holds the tables of embeddings.</summary>
public enum TableStyle
{
    /// <summary>Floats.</summary>
    Plain,

    /// <summary>uint8 with one scale, widened behind the Gather.</summary>
    BehindGather,

    /// <summary>uint8 with one scale, widened before the Gather.</summary>
    BeforeGather,

    /// <summary>ONNX Runtime's GatherBlockQuantized with 4 bits.</summary>
    Blocks,
}
