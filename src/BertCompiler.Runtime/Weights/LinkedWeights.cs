using System.Diagnostics.CodeAnalysis;

namespace BertCompiler.Weights;

/// <summary>Whether the linker put weights into this executable: said by the package's targets when they publish with NativeAOT.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinkedWeights
{
    /// <summary>A constant in a NativeAOT executable, so that the way not taken leaves no code.</summary>
    [FeatureSwitchDefinition("BertCompiler.LinkedWeights")]
    public static bool ArePresent => AppContext.TryGetSwitch("BertCompiler.LinkedWeights", out bool present) && present;
}
