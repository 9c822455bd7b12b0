using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Models;

namespace BertCompiler.Tool.Tokenizers.SentencePiece;

/// <summary>
/// The merges of a SentencePiece model, which holds none: every two pieces that make a third. They go in the order of the result's id, which is
/// the order in which training found them, and among those of one result the shorter left part first (transformers,
/// <c>tokenization_utils_base.py</c>, generate_merges without scores).
/// </summary>
internal static class SentencePieceMerges
{
    /// <summary>Training ends at 16; each piece is cut at every place.</summary>
    private const int LongestPiece = 256;

    /// <summary>Ten times as many as the greatest vocabularies in use have.</summary>
    private const int MostMerges = 4_000_000;

    /// <summary>Finds the merges.</summary>
    /// <param name="vocabulary">The pieces, in the order of their ids.</param>
    /// <param name="path">The model's path, for messages.</param>
    /// <exception cref="TokenizerFault">A piece is too long, or there are too many merges.</exception>
    public static IReadOnlyList<MergeRule> Of(Vocabulary vocabulary, string path)
    {
        var merges = new List<MergeRule>();
        foreach ((string text, int id) in vocabulary.Pieces)
        {
            if (text.Length > LongestPiece)
            {
                throw SentencePieceReader.Fault(ProblemKinds.TokenizerUnsupported, path, $"has a piece of {text.Length} characters (id {id}); at most {LongestPiece} are supported");
            }

            for (int i = 1; i < text.Length; i++)
            {
                int left = vocabulary.IdOf(text.AsSpan(0, i));
                if (left < 0) continue;
                int right = vocabulary.IdOf(text.AsSpan(i));
                if (right >= 0) merges.Add(new(left, right, merges.Count, id));
            }

            if (merges.Count > MostMerges) throw SentencePieceReader.Fault(ProblemKinds.TokenizerUnsupported, path, $"has more than {MostMerges} merges");
        }

        return merges;
    }
}
