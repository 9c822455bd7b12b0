using System.Runtime.InteropServices;

namespace BertCompiler.Build.Tests;

/// <summary>A test that publishes with NativeAOT: needs Linux x64 and a C compiler to link with.</summary>
public sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64) Skip = "publishing with NativeAOT is tested on Linux x64";
        else if (!Has("clang") && !Has("gcc")) Skip = "publishing with NativeAOT needs clang or gcc to link with";
    }

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
