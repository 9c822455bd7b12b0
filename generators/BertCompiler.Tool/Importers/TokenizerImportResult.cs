using BertCompiler.Core.Problems;
using BertCompiler.Core.Weights;

namespace BertCompiler.Tool.Importers;

/// <summary>What came of the import of a tokenizer alone.</summary>
/// <param name="Manifest">What was written; null where errors stopped the import: then nothing was.</param>
/// <param name="Problems">Errors and warnings.</param>
internal sealed record TokenizerImportResult(TokenizerManifest? Manifest, IReadOnlyList<Problem> Problems);
