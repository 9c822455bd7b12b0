using System.Diagnostics.CodeAnalysis;

namespace BertCompiler.Kernels;

/// <summary>Checks of the kernels' arguments, once per call: a kernel works on raw memory, so a wrong shape must not reach it.</summary>
internal static class Shape
{
    /// <summary>Throws unless the two numbers are equal.</summary>
    public static void RequireEqual(int found, int expected, string argument)
    {
        if (found != expected) Throw($"{found} values where {expected} are needed", argument);
    }

    /// <summary>Throws unless <paramref name="rows"/> are [count, columns] with room for whole groups of 32.</summary>
    public static void Require(Rows rows, int count, int columns, string argument)
    {
        if (rows.Count != count || rows.Columns != columns)
        {
            Throw($"[{rows.Count}, {rows.Columns}] where [{count}, {columns}] is needed", argument);
        }

        RequireStride(rows, argument);
    }

    /// <summary>Throws unless each row has room for whole groups of 32 floats.</summary>
    public static void RequireStride(Rows rows, string argument)
    {
        if (rows.Stride < Rows.StrideFor(rows.Columns) || (rows.Stride & 31) != 0)
        {
            Throw($"a stride of {rows.Stride} floats for {rows.Columns} columns: a multiple of 32 that holds them is needed", argument);
        }
    }

    /// <summary>Throws unless the offsets start at 0, never fall, and end at <paramref name="tokens"/>.</summary>
    public static void RequireOffsets(ReadOnlySpan<int> offsets, int tokens, string argument)
    {
        if (offsets.IsEmpty || offsets[0] != 0 || offsets[^1] != tokens) Throw($"the offsets must run from 0 to {tokens}", argument);
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] <= offsets[i - 1]) Throw($"sequence {i - 1} has {offsets[i] - offsets[i - 1]} tokens", argument);
        }
    }

    [DoesNotReturn]
    private static void Throw(string message, string argument) => throw new ArgumentException(message, argument);
}
