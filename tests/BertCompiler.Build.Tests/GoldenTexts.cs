using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>Texts for the bundled model, and the vectors that Hugging Face gives for them.</summary>
internal static class GoldenTexts
{
    private const int Dimension = 128;

    /// <summary>Some texts, where there is no shared folder; the third is longer than the model reads.</summary>
    public static string[] Own { get; } =
        ["A fast typed model.", "Ein Text über Äpfel\nin zwei Zeilen.", string.Join(' ', Enumerable.Repeat("word", 400)), ""];

    /// <summary>The golden texts, or <see cref="Own"/>.</summary>
    public static string[] All { get; } = SharedData.Root is null ? Own :
        [.. File.ReadLines(SharedData.Require("golden", "bundled-embedder", "texts.jsonl")).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("text").GetString()!;
        })];

    /// <summary>
    /// Checks vectors of <see cref="All"/>: unit length; and, where the shared folder is there, cosine at least 0.999999 and each number within
    /// 1e-5 of the network in float64 (the tolerance that the golden folder states).
    /// </summary>
    public static void Check(float[][] vectors)
    {
        Assert.Equal(All.Length, vectors.Length);
        float[]? golden = SharedData.Root is null ? null : Golden();
        for (int i = 0; i < vectors.Length; i++)
        {
            Assert.Equal(Dimension, vectors[i].Length);
            Assert.Equal(1, Dot(vectors[i], vectors[i]), 1e-5); // 128 squares, each rounded to 2^-24
            if (golden is null) continue;
            ReadOnlySpan<float> expected = golden.AsSpan(i * Dimension, Dimension);
            double cosine = Dot(vectors[i], expected) / Math.Sqrt(Dot(vectors[i], vectors[i]) * Dot(expected, expected));
            Assert.True(cosine >= 0.999999, $"text {i}: cosine {cosine}");
            for (int j = 0; j < Dimension; j++) Assert.Equal(expected[j], vectors[i][j], 1e-5f);
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    // A file of one tensor: 8 bytes length of the header, the header, the numbers.
    private static float[] Golden()
    {
        byte[] file = File.ReadAllBytes(SharedData.Require("golden", "bundled-embedder", "embeddings.safetensors"));
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        float[] numbers = MemoryMarshal.Cast<byte, float>(file.AsSpan(start)).ToArray();
        Assert.Equal(All.Length * Dimension, numbers.Length);
        return numbers;
    }
}
