using System.Numerics;
using System.Runtime.InteropServices;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using SharpFuzz.Common;

namespace BertCompiler.Fuzz;

/// <summary>
/// AFL's map of branches: 64 KiB of counters, told apart by powers of two (AFL technical details, section 1). It must exist before instrumented
/// code runs.
/// </summary>
internal sealed unsafe class CoverageMap : ICoverage
{
    private const int Size = 1 << 16;

    private readonly byte[] _seen = new byte[Size];
    private readonly byte* _map;

    public CoverageMap()
    {
        _map = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.SharedMem = _map;
    }

    /// <inheritdoc/>
    public int Edges { get; private set; }

    /// <inheritdoc/>
    public void Reset()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <inheritdoc/>
    public bool Collect()
    {
        bool isNew = false;
        for (int at = 0; at < Size; at += sizeof(ulong))
        {
            if (*(ulong*)(_map + at) == 0) continue;
            for (int i = at; i < at + sizeof(ulong); i++)
            {
                byte bucket = Bucket(_map[i]);
                if ((bucket & ~_seen[i]) == 0) continue;
                if (_seen[i] == 0) Edges++;
                _seen[i] |= bucket;
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>1, 2, 3, 4…7, 8…15, 16…31, 32…127, 128…</summary>
    private static byte Bucket(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 32 => (byte)(1 << (BitOperations.Log2(count) + 1)),
        < 128 => 64,
        _ => 128,
    };
}
