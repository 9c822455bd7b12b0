using System.Globalization;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>Numbers of layers in words.</summary>
internal static class LayerList
{
    /// <summary><c>0</c>, <c>1, 2, 4</c>.</summary>
    public static string Of(EquatableArray<int> layers) => string.Join(", ", layers.Select(layer => layer.ToString(CultureInfo.InvariantCulture)));
}
