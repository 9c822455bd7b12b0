using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>What was packed.</summary>
/// <param name="ContentHash">SHA-256 of everything behind the header page, lower-case hexadecimal.</param>
/// <param name="FileBytes">Bytes of the file.</param>
/// <param name="NotFinite">Source tensors with NaN or infinity among their numbers.</param>
internal sealed record PackResult(string ContentHash, long FileBytes, IReadOnlyList<TensorInfo> NotFinite);
