using System.Runtime.CompilerServices;

namespace BertCompiler.Tasks;

/// <summary>Number of a logit ↔ label. The enum's values are the numbers; it must have the usual underlying type, int.</summary>
internal static class EnumLabel<TLabel>
    where TLabel : struct, Enum
{
    public static TLabel Of(int index) => Unsafe.BitCast<int, TLabel>(index);

    public static int IndexOf(TLabel label) => Unsafe.BitCast<TLabel, int>(label);

    /// <exception cref="NotSupportedException">The enum does not have the underlying type int.</exception>
    public static void Check()
    {
        if (Enum.GetUnderlyingType(typeof(TLabel)) != typeof(int)) throw new NotSupportedException($"{typeof(TLabel)}: the labels must be an enum of int");
    }
}
