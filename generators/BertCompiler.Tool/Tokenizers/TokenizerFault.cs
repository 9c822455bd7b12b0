using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>A fault in a tokenizer's files that ends reading; it carries the problem that is reported.</summary>
internal sealed class TokenizerFault : Exception
{
    public TokenizerFault(Problem problem) : base(problem.Message) => Problem = problem;

    public Problem Problem { get; }
}
