namespace BertCompiler.Build.Tests;

/// <summary>A test that publishes with NativeAOT: needs Linux x64 and a C compiler to link with.</summary>
public sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute()
    {
        bool compiler = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "clang")) || File.Exists(Path.Combine(p, "gcc")));
        bool linux = OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64;
        if (!linux || !compiler) Skip = "publishing with NativeAOT is tested on Linux x64 with clang or gcc";
    }
}
