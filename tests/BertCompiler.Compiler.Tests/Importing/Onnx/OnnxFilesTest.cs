using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Importing.Onnx;

/// <summary>Of several ONNX files, the most exact is taken, and a note says so.</summary>
public sealed class OnnxFilesTest
{
    [Theory]
    [InlineData("model.onnx", "onnx/model.onnx,model.onnx")]
    [InlineData("onnx/model.onnx", "onnx/model.onnx,onnx/model_fp16.onnx,onnx/model_q4.onnx,model_quantized.onnx")]
    [InlineData("onnx/model_fp16.onnx", "onnx/model_q4.onnx,onnx/model_fp16.onnx")]
    [InlineData("onnx/model_q4.onnx", "onnx/model_q4.onnx")]
    [InlineData("model_quantized.onnx", "model_quantized.onnx,onnx/model_q4f16.onnx")]
    [InlineData("encoder.onnx", "encoder.onnx")]
    [InlineData(null, "")]
    public void The_most_exact_file_is_taken(string? expected, string files)
    {
        using var folder = new TemporaryFolder();
        string[] names = files.Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllBytes(folder[name], []);
        }

        var notes = new List<string>();
        Assert.Equal(expected, OnnxFiles.Choose(folder.Path, notes));
        Assert.Equal(names.Length > 1, notes.Count == 1);
        foreach (string other in names.Where(n => n != expected)) Assert.Contains($"'{other}'", notes[0], StringComparison.Ordinal);
    }
}
