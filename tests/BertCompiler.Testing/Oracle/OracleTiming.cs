namespace BertCompiler.Testing.Oracle;

/// <summary>One pass of the Hugging Face library over the kept texts.</summary>
/// <param name="Milliseconds">Time of the library's own calls; reading the ids out of its objects is not counted.</param>
/// <param name="ProcessorMilliseconds">Time of all processors together for these calls: what other processes do at the same time is not in it.</param>
/// <param name="Tokens">Tokens of all texts.</param>
/// <param name="Hash">SHA-256 of all ids as int32, or zeros where none was asked for.</param>
public sealed record OracleTiming(double Milliseconds, double ProcessorMilliseconds, long Tokens, string Hash);
