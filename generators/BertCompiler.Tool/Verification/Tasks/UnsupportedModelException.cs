namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>A model asks for something that does not compile yet.</summary>
internal sealed class UnsupportedModelException(string message) : Exception(message);
