using BertCompiler.Core.Emit;
using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Request;

/// <summary>A request that can be emitted, or the problem that prevents it.</summary>
public sealed record RequestResult(SourceRequest? Request, Problem? Problem);
