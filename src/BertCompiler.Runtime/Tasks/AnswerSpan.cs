namespace BertCompiler.Tasks;

/// <summary>First and last token of an answer, indices in a window.</summary>
internal readonly record struct AnswerSpan(int Start, int End);
