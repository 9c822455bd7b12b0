namespace BertCompiler.Tool.Verification;

/// <summary>One row of a <see cref="BitMatrix"/>.</summary>
/// <param name="Width">Register width of the kernels.</param>
/// <param name="Threads">Threads that worked.</param>
/// <param name="Texts">How many texts were embedded.</param>
/// <param name="Different">For each arrangement, the number of texts whose bits differ.</param>
internal sealed record BitMatrixRow(string Width, int Threads, int Texts, IReadOnlyList<int> Different);
