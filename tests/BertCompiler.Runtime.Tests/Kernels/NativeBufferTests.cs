using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed unsafe class NativeBufferTests
{
    [Fact]
    public void Memory_is_aligned_zeroed_and_reused()
    {
        using var buffer = new NativeBuffer();
        Rows small = buffer.Rows(3, 33);
        Assert.Equal((3, 33, 64), (small.Count, small.Columns, small.Stride));
        Assert.Equal(0, (nint)small.Values & 63);
        for (int i = 0; i < 3 * 64; i++) Assert.Equal(0f, small.Values[i]);
        Rows smaller = buffer.Rows(2, 33);
        Assert.True(smaller.Values == small.Values);
        small[0].Fill(1f);
        Rows large = buffer.Rows(300, 33);
        for (int i = 0; i < 300 * 64; i++) Assert.Equal(0f, large.Values[i]);
        Assert.True(buffer.Bytes >= 300 * 64 * 4);
        Assert.Equal(0, buffer.Rows(0, 5).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Rows(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Rows(1, -5));
    }

    [Fact]
    public void A_buffer_that_was_disposed_of_is_refused()
    {
        var buffer = new NativeBuffer();
        buffer.Rows(1, 1);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Rows(1, 1));
    }
}
