namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>How a field is written (protobuf.dev, "Encoding"). Groups, 3 and 4, occur in no ONNX file and are refused.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
