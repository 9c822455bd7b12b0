using System.Buffers;
using System.Runtime.ExceptionServices;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Some whole lines of a file, and what their ids are written as. It is used again.</summary>
internal sealed class LineChunk : IDisposable
{
    /// <summary>Bytes of lines in a chunk, unless one line is longer.</summary>
    public const int UsualSize = 1 << 20;

    private readonly ManualResetEventSlim _done = new();
    private ExceptionDispatchInfo? _fault;

    /// <summary>Where the reader puts bytes.</summary>
    public byte[] Input { get; set; } = new byte[UsualSize];

    /// <summary>First byte of the lines.</summary>
    public int Start { get; set; }

    /// <summary>One behind their last byte.</summary>
    public int End { get; set; }

    /// <summary>The lines, with their line ends.</summary>
    public ReadOnlySpan<byte> Lines => Input.AsSpan(Start, End - Start);

    public ArrayBufferWriter<byte> Output { get; private set; } = new(UsualSize);

    public TokenCounts Counts { get; set; }

    /// <summary>Says that its ids are written, or why they are not.</summary>
    public void Finish(Exception? fault)
    {
        _fault = fault is null ? null : ExceptionDispatchInfo.Capture(fault);
        _done.Set();
    }

    /// <summary>Waits until its ids are written.</summary>
    public void Wait(CancellationToken cancellation)
    {
        _done.Wait(cancellation);
        _fault?.Throw();
    }

    /// <summary>Waits until no thread works on it any more.</summary>
    public void WaitForEnd() => _done.Wait();

    /// <summary>Makes it ready for the next lines; memory that a huge line took is given up.</summary>
    public void Reset()
    {
        _done.Reset();
        if (Input.Length > UsualSize) Input = new byte[UsualSize];
        if (Output.Capacity > 8 * UsualSize) Output = new(UsualSize);
        else Output.ResetWrittenCount();
        (Start, End, Counts) = (0, 0, default);
    }

    public void Dispose() => _done.Dispose();
}
