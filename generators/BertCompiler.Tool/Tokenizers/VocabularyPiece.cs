namespace BertCompiler.Tool.Tokenizers;

/// <summary>A token of the model's vocabulary.</summary>
internal readonly record struct VocabularyPiece(string Text, int Id);
