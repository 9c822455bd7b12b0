using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>Collects and checks the merges of byte-pair encoding, one pair of tokens after the other.</summary>
/// <param name="vocabulary">The vocabulary: both parts and the result must be in it.</param>
/// <param name="prefix">What the vocabulary writes before pieces that continue a word; a merge takes it from its right part.</param>
/// <param name="where">What the list is called in messages.</param>
internal sealed class MergeListBuilder(Vocabulary vocabulary, string prefix, string where)
{
    private readonly Dictionary<(int, int), MergeRule> _merges = [];
    private int _rank;

    /// <summary>The merges; of a pair that stood twice, the last.</summary>
    public IReadOnlyList<MergeRule> Merges => [.. _merges.Values];

    /// <summary>Takes a merge in.</summary>
    /// <param name="parts">The tokens.</param>
    /// <param name="fault">Makes a fault with its place.</param>
    public void Add(string[] parts, Func<ProblemKind, string, TokenizerFault> fault)
    {
        string shown = string.Join(' ', parts);
        if (parts.Length != 2) throw fault(ProblemKinds.TokenizerMalformed, $"{where} must hold pairs of tokens, found '{shown}'");
        if (parts[0].Length == 0 || parts[1].Length == 0) throw fault(ProblemKinds.TokenizerInconsistent, $"{where} merges with the empty token: '{shown}'");
        bool continues = prefix.Length > 0 && parts[1].StartsWith(prefix, StringComparison.Ordinal);
        string merged = parts[0] + (continues ? parts[1][prefix.Length..] : parts[1]);
        foreach (string part in (string[])[parts[0], parts[1], merged])
        {
            if (!vocabulary.Contains(part)) throw fault(ProblemKinds.TokenizerInconsistent, $"the merge '{shown}' in {where} needs '{part}', which is not in the vocabulary");
        }

        var rule = new MergeRule(vocabulary.IdOf(parts[0]), vocabulary.IdOf(parts[1]), _rank++, vocabulary.IdOf(merged));
        _merges[(rule.Left, rule.Right)] = rule;
    }
}
