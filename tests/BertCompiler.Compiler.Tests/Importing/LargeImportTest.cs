using System.Diagnostics;
using System.Globalization;
using System.Text;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;
using Xunit.Abstractions;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Checkpoints beyond 2 GB import in the memory of their largest tensor. The files are sparse: they take no room on disk, the packed result does.</summary>
public sealed class LargeImportTest(ITestOutputHelper log)
{
    private const int Hidden = 1024, FeedForward = 4096, Layers = 48, Vocabulary = 30522;
    private const long LargestTensor = 4L * Hidden * Vocabulary;
    private const long MostBeyond = 64L << 20;

    [Fact]
    public void A_safetensors_file_of_two_and_a_half_gigabytes()
    {
        using var folder = new TemporaryFolder();
        var model = new LargeModel(Hidden, FeedForward, Layers, Vocabulary);
        model.SaveSafeTensors(folder["model"]);
        Import(folder);
    }

    [Fact]
    public void An_onnx_file_with_as_much_external_data()
    {
        using var folder = new TemporaryFolder();
        new LargeModel(Hidden, FeedForward, Layers, Vocabulary).SaveOnnx(folder["model"]);
        Import(folder);
    }

    /// <summary>Runs the program that builds run, and watches how much memory it takes.</summary>
    private void Import(TemporaryFolder folder)
    {
        long bytes = Directory.GetFiles(folder["model"]).Sum(f => new FileInfo(f).Length);
        Assert.True(bytes > 2_500_000_000, $"{bytes} bytes");
        string tool = typeof(ModelImporter).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", tool, "import", folder["model"], "--output", folder["out"], "--name", "large"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(20)) peak = Math.Max(peak, PeakOf(process.Id));
        Assert.True(process.ExitCode == 0, errors.Result + output.Result);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, peak {peak >> 20} MB, largest tensor {LargestTensor >> 20} MB"));
        Assert.True(new FileInfo(folder["out/large.bertw"]).Length > 2_500_000_000);
        if (OperatingSystem.IsLinux()) Assert.InRange(peak, 1, LargestTensor + MostBeyond);
    }

    /// <summary>The most memory that a process has held so far, in bytes; 0 where the system does not say.</summary>
    private static long PeakOf(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) << 10;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
