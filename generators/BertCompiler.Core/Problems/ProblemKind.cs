namespace BertCompiler.Core.Problems;

/// <summary>One kind of fault that an input can have.</summary>
/// <param name="Id">Stable id, <c>BERT1001</c>; never reused for something else.</param>
/// <param name="Class">The kind in words a program can match, <c>config_missing_field</c>.</param>
/// <param name="Category">Which input it is about: Config, Weights, Tokenizer, Code.</param>
/// <param name="Title">One short sentence for lists and help pages.</param>
public sealed record ProblemKind(string Id, string Class, string Category, string Title);
