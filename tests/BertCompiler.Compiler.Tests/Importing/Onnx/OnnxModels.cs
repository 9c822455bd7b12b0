using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Importing.Onnx;

/// <summary>Opens ONNX files for tests.</summary>
internal static class OnnxModels
{
    public static OnnxGraph Open(byte[] model) => Open(ByteSource.Of(new MemoryStream(model), "model.onnx"));

    public static OnnxGraph Open(string path) => Open(ByteSource.Open(path, ProblemKinds.WeightsMissing));

    public static Problem Refuse(byte[] model) => Assert.Throws<ImportException>(() => Open(model).Dispose()).Problem;

    public static Problem Refuse(string path) => Assert.Throws<ImportException>(() => Open(path).Dispose()).Problem;

    private static OnnxGraph Open(ByteSource source) => OnnxReader.Open(source, new CheckpointContext(new ProblemList()));
}
