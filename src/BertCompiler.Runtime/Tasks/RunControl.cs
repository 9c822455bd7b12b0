namespace BertCompiler.Tasks;

/// <summary>What a caller gives to a long call: somebody to tell, and a way to stop it.</summary>
internal readonly record struct RunControl(IProgress<BatchProgress>? Progress, CancellationToken Cancellation);
