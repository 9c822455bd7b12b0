using System.Globalization;
using System.Runtime.InteropServices;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Kernels;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>A whole model in processes that are held to less than the CPU has.</summary>
public sealed class RegisterWidthTest
{
    private const string Text = "A man is playing a guitar while the others, who have heard it before, are asleep: it is long past midnight.";

    private static readonly string _bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    /// <summary>The runtime's own switch makes this CPU one without AVX2 and FMA.</summary>
    [Fact]
    public void Without_AVX2_and_FMA_the_bits_are_the_same_and_one_line_says_that_it_is_slow()
    {
        Bertc.Result usual = Bertc.Run("", "embed", _bundled, "--text", Text);
        Bertc.Result slow = Bertc.Run("", [new("DOTNET_EnableAVX2", "0")], "embed", _bundled, "--text", Text);
        Assert.Equal((0, 0), (usual.ExitCode, slow.ExitCode));
        Assert.Equal(usual.Output, slow.Output);
        string[] said = [.. slow.Errors.Split('\n').Where(l => l.Contains("AVX2", StringComparison.Ordinal))];
        Assert.Equal(IsX86 ? ["this CPU has no AVX2 and FMA: results have the same bits, but take some 20 times as long"] : [], said);
        if (!SoftwareFma.IsUsed) Assert.DoesNotContain("AVX2", usual.Errors, StringComparison.Ordinal);
    }

    /// <summary>Windows, keys that heads share, disentangled attention, convolution: each has loops of its own.</summary>
    [SharedTheory]
    [InlineData("modernbert_base")]
    [InlineData("eurobert_base_gqa")]
    [InlineData("deberta_v2_conv_base")]
    public void Newer_families_have_the_same_bits_without_AVX2_and_FMA(string name)
    {
        using var folder = new TemporaryFolder();
        string model = TextModel.Write(name, folder["model"], maxTokens: 128, pooling: "mean");
        Bertc.Result usual = Bertc.Run("", "embed", model, "--text", Text);
        Bertc.Result slow = Bertc.Run("", [new("DOTNET_EnableAVX2", "0")], "embed", model, "--text", Text);
        Assert.Equal((0, 0), (usual.ExitCode, slow.ExitCode));
        Assert.Equal(usual.Output, slow.Output);
        Assert.True(usual.Output.Length > 300, usual.Output);
    }

    /// <summary>
    /// The inner loops of matrix products are machine code without a call. Where the JIT runs out of locals it inlines nothing more, and the
    /// loop becomes many times as slow, without any other sign.
    /// </summary>
    [Theory]
    [InlineData("BERTCOMPILER_SIMD", "512")]
    [InlineData("BERTCOMPILER_SIMD", "256")]
    [InlineData("BERTCOMPILER_SIMD", "128")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    public void Matrix_tiles_call_nothing(string variable, string value)
    {
        if (variable == SimdSupport.Variable && !SimdSupport.IsSupported((SimdWidth)int.Parse(value, CultureInfo.InvariantCulture))) return;
        using var folder = new TemporaryFolder();
        KeyValuePair<string, string>[] environment =
        [
            new(variable, value), new("DOTNET_JitStdOutFile", folder["listing"]), new("DOTNET_JitDisasm", "Small Narrow Wide"), new(Crew.Variable, "1"),
        ];
        Assert.Equal(0, Bertc.Run("", environment, "embed", _bundled, "--text", Text).ExitCode);
        string[] listing = File.ReadAllLines(folder["listing"]);
        Assert.Contains(listing, l => l.StartsWith("; Assembly listing for method BertCompiler.Kernels.MatrixTile:", StringComparison.Ordinal));
        Assert.Equal([], listing.Where(l => l.TrimStart().StartsWith("call ", StringComparison.Ordinal) && !l.Contains("SoftwareFma:Exact", StringComparison.Ordinal)).Take(3));
    }

    private static bool IsX86 => RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.X64 or System.Runtime.InteropServices.Architecture.X86;
}
