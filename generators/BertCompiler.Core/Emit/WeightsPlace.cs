namespace BertCompiler.Core.Emit;

/// <summary>Where a compiled model finds its weights.</summary>
public enum WeightsPlace
{
    /// <summary>In a file beside the program.</summary>
    File,

    /// <summary>Inside the program: linked into a NativeAOT executable, a resource elsewhere.</summary>
    Embedded,
}
