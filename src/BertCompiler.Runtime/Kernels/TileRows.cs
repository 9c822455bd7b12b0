namespace BertCompiler.Kernels;

/// <summary>The numbers of rows that a matrix tile can have, as types, so that each gets machine code of its own.</summary>
internal static class TileRows
{
    /// <summary>Greatest number of rows.</summary>
    public const int Most = 12;

    /// <summary>A number of rows.</summary>
    internal interface IRowCount
    {
        /// <summary>The number.</summary>
        static abstract int Count { get; }
    }

    internal readonly struct R1 : IRowCount
    {
        public static int Count => 1;
    }

    internal readonly struct R2 : IRowCount
    {
        public static int Count => 2;
    }

    internal readonly struct R3 : IRowCount
    {
        public static int Count => 3;
    }

    internal readonly struct R4 : IRowCount
    {
        public static int Count => 4;
    }

    internal readonly struct R5 : IRowCount
    {
        public static int Count => 5;
    }

    internal readonly struct R6 : IRowCount
    {
        public static int Count => 6;
    }

    internal readonly struct R7 : IRowCount
    {
        public static int Count => 7;
    }

    internal readonly struct R8 : IRowCount
    {
        public static int Count => 8;
    }

    internal readonly struct R9 : IRowCount
    {
        public static int Count => 9;
    }

    internal readonly struct R10 : IRowCount
    {
        public static int Count => 10;
    }

    internal readonly struct R11 : IRowCount
    {
        public static int Count => 11;
    }

    internal readonly struct R12 : IRowCount
    {
        public static int Count => 12;
    }
}
