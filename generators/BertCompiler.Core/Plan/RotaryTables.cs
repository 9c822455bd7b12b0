using System.Globalization;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tables of sines and cosines that layers share: one for each base.</summary>
internal static class RotaryTables
{
    /// <summary>The different rotary positions of a stack, in the order in which layers first need them.</summary>
    public static IReadOnlyList<RotarySpec> Of(LayerSchedule layers) => [.. layers.Kinds.Select(k => k.Rotary).OfType<RotarySpec>().Distinct()];

    /// <summary>Name of a packed table: <c>RotaryTable</c>, or with its base where there are several.</summary>
    public static string NameOf(LayerSchedule layers, RotarySpec rotary) =>
        Of(layers).Count == 1 ? "RotaryTable" : "RotaryTable" + rotary.Base.ToString("R", CultureInfo.InvariantCulture).Replace('.', '_').Replace("+", "");
}
