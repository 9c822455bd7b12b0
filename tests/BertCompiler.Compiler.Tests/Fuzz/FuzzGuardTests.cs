using BertCompiler.Compiler.Tests.Fuzz.Engine;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>The rules are held: each way to break one is found.</summary>
public sealed class FuzzGuardTests
{
    private static readonly byte[] Input = [1, 2, 3];

    [Fact]
    public void AnUndeclaredExceptionIsAFinding() =>
        Assert.StartsWith("FormatException", FuzzGuard.Run(new Target(_ => throw new FormatException()), Input)!.Signature, StringComparison.Ordinal);

    [Fact]
    public void TooMuchMemoryIsAFinding() => Assert.Equal("memory", FuzzGuard.Run(new Target(_ => GC.KeepAlive(new byte[65 << 20])), Input)!.Signature);

    [Fact]
    public void WhatTakesLongIsAFinding() => Assert.Equal("slow", FuzzGuard.Run(new Target(_ => Thread.Sleep(FuzzGuard.MostTime + TimeSpan.FromMilliseconds(50))), Input)!.Signature);

    [Fact]
    public void WhatKeepsTheRulesIsNone() => Assert.Null(FuzzGuard.Run(new Target(_ => { }), Input));

    [Fact]
    public void ALoopFindsAFaultBehindOneEdit()
    {
        var target = new Target(input =>
        {
            if (input.Length == 4) throw new InvalidOperationException("four bytes");
        });
        FuzzReport report = new FuzzLoop(target, new FuzzOptions(10_000, TimeSpan.FromMinutes(1), 1)).Run();
        Assert.Equal(10_000, report.Executions);
        Assert.Equal(4, Assert.Single(report.Findings).Input.Length);
    }

    private sealed class Target(Action<byte[]> run) : IFuzzTarget
    {
        public string Name => "test";

        public IReadOnlyList<byte[]> Seeds => [Input];

        public void Run(byte[] input) => run(input);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
