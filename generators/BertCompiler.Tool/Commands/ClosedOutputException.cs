namespace BertCompiler.Tool.Commands;

/// <summary>Whoever read the standard output has gone: <c>bertc … | head -1</c>. There is nobody to tell.</summary>
internal sealed class ClosedOutputException(IOException cause) : IOException(cause.Message, cause);
