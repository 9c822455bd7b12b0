using BertCompiler.Core.Emit;
using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Request;

/// <summary>A request that can be emitted, or the problem that prevents it; both, where the problem is a warning.</summary>
public sealed record RequestResult(SourceRequest? Request, Problem? Problem);
