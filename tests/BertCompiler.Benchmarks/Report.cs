using System.Globalization;
using System.Text.Json;

namespace BertCompiler.Benchmarks;

/// <summary>The table, and the same as JSON.</summary>
internal static class Report
{
    public static void WriteTable(IReadOnlyList<Measurement> measurements, int threads)
    {
        Console.WriteLine(FormattableString.Invariant($"{Cpu()}, .NET {Environment.Version}, {BertCompiler.Kernels.SimdSupport.Current}, ONNX Runtime {OrtVersion()}, {threads} thread(s), fp32"));
        Console.WriteLine();
        Console.WriteLine("| texts × tokens | BertCompiler ms | ONNX Runtime ms | ratio | tokens/s | allocated B | greatest difference |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (Measurement m in measurements)
        {
            Console.WriteLine(FormattableString.Invariant($"| {m.Texts}×{m.Tokens} | {m.Ours:F2} | {m.Theirs:F2} | {m.Ratio:F2} | {m.TokensPerSecond:F0} | {m.Allocated} | {m.GreatestDifference:E1} |"));
        }

        Console.WriteLine();
        Console.WriteLine("ratio = ONNX Runtime's time over BertCompiler's: above 1, BertCompiler is faster.");
    }

    public static void WriteJson(IReadOnlyList<Measurement> measurements, int threads)
    {
        using Stream output = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("cpu", Cpu());
        json.WriteString("dotnet", Environment.Version.ToString());
        json.WriteString("simd", BertCompiler.Kernels.SimdSupport.Current.ToString());
        json.WriteString("onnxruntime", OrtVersion());
        json.WriteNumber("threads", threads);
        json.WriteStartArray("cases");
        foreach (Measurement m in measurements)
        {
            json.WriteStartObject();
            json.WriteNumber("texts", m.Texts);
            json.WriteNumber("tokens", m.Tokens);
            json.WriteNumber("bertcompiler_ms", m.Ours);
            json.WriteNumber("onnxruntime_ms", m.Theirs);
            json.WriteNumber("ratio", m.Ratio);
            json.WriteNumber("allocated_bytes", m.Allocated);
            json.WriteNumber("greatest_difference", m.GreatestDifference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string OrtVersion() => Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString();

    public static string Cpu()
    {
        const string path = "/proc/cpuinfo";
        string? line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        string name = line is null ? "unknown CPU" : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
        return name + ", " + Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture) + " cores";
    }
}
