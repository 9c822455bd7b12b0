namespace BertCompiler.Core.Config;

/// <summary>Modules that compile, by the last part of their Python path.</summary>
public enum ModuleKind
{
    /// <summary>Hidden states → one vector.</summary>
    Pooling,

    /// <summary>Logits over the vocabulary → one sparse vector.</summary>
    SpladePooling,

    /// <summary>A matrix, a bias and an activation.</summary>
    Dense,

    /// <summary>Length 1.</summary>
    Normalize,

    /// <summary>LayerNorm over the vector.</summary>
    LayerNorm,

    /// <summary>Nothing, outside training.</summary>
    Dropout,
}
