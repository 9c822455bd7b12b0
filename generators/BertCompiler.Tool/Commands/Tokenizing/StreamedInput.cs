namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>An input that may be slow: what was answered so far is handed over before it is waited for.</summary>
internal sealed class StreamedInput(Stream input, Stream answers, CancellationToken cancellation) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="OperationCanceledException">Cancelled; also while it waits.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        answers.Flush();

        // The read of a terminal or a pipe cannot be broken off.
        Task<int> reading = Task.Run(() => input.Read(buffer, offset, count), CancellationToken.None);
        Task.WhenAny(reading).Wait(cancellation);
        return reading.GetAwaiter().GetResult();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
