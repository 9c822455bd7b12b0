using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed unsafe class CrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_runs_once(int threads)
    {
        using var crew = new Crew(threads);
        int* counts = stackalloc int[500];
        for (int round = 0; round < 300; round++)
        {
            int items = round % 500;
            new Span<int>(counts, 500).Clear();
            var kernel = new CountingKernel(counts, threads);
            crew.Run(ref kernel, items, worthSharing: true);
            for (int i = 0; i < 500; i++) Assert.Equal(i < items ? 1 : 0, counts[i]);
            if (round % 100 == 99) Thread.Sleep(20); // long enough for the workers to fall asleep
        }
    }

    [Fact]
    public void Several_callers_share_a_crew()
    {
        using var crew = new Crew(3);
        Parallel.For(0, 4, _ =>
        {
            int* counts = stackalloc int[64];
            for (int round = 0; round < 500; round++)
            {
                new Span<int>(counts, 64).Clear();
                var kernel = new CountingKernel(counts, 3);
                crew.Run(ref kernel, 64, worthSharing: true);
                for (int i = 0; i < 64; i++) Assert.Equal(1, counts[i]);
            }
        });
    }

    [Fact]
    public void Work_allocates_nothing()
    {
        using var crew = new Crew(2);
        int* counts = stackalloc int[64];
        var kernel = new CountingKernel(counts, 2);
        for (int i = 0; i < 20; i++) crew.Run(ref kernel, 64, worthSharing: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++) crew.Run(ref kernel, 64, worthSharing: true);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void After_Dispose_the_caller_works_alone()
    {
        var crew = new Crew(2);
        int* counts = stackalloc int[64];
        new Span<int>(counts, 64).Clear();
        var kernel = new CountingKernel(counts, 2);
        crew.Run(ref kernel, 64, worthSharing: true);
        crew.Dispose();
        crew.Dispose();
        crew.Run(ref kernel, 64, worthSharing: true);
        for (int i = 0; i < 64; i++) Assert.Equal(2, counts[i]);
    }

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        Assert.Equal(Environment.ProcessorCount, Crew.Parse(null));
        Assert.Equal(Environment.ProcessorCount, Crew.Parse(""));
        Assert.Equal(7, Crew.Parse("7"));
        foreach (string wrong in new[] { "0", "-1", "two", "1.5", "99999" }) Assert.Throws<EnvironmentVariableException>(() => Crew.Parse(wrong));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Crew(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Crew(1025));
        Assert.True(Crew.Shared.MaxThreads >= 1);
    }

    [Theory]
    [InlineData(512, "AVX-512")]
    [InlineData(256, "AVX2 and FMA")]
    [InlineData(32, "scalar")]
    public void What_kernels_run_on_has_a_name(int width, string name) => Assert.Equal(name, new Crew(1, (SimdWidth)width).InstructionSet);

    [Fact]
    public void The_register_width_can_be_set()
    {
        Assert.Equal(SimdSupport.Widest, SimdSupport.Parse(null));
        Assert.Equal(SimdSupport.Widest, SimdSupport.Parse(""));
        Assert.Equal(SimdWidth.Scalar, SimdSupport.Parse("scalar"));
        foreach (SimdWidth width in new[] { SimdWidth.Vector128, SimdWidth.Vector256, SimdWidth.Vector512 })
        {
            string text = ((int)width).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (SimdSupport.IsSupported(width)) Assert.Equal(width, SimdSupport.Parse(text));
            else Assert.Throws<EnvironmentVariableException>(() => SimdSupport.Parse(text));
        }

        foreach (string wrong in new[] { "avx", "64", "32", "Scalar" }) Assert.Throws<EnvironmentVariableException>(() => SimdSupport.Parse(wrong));
    }
}
