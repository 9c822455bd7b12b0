using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>What a cross-encoder's config.json says of its activation (sentence-transformers, <c>CrossEncoder.get_default_activation_fn</c>).</summary>
public static class RerankFunctionReader
{
    private const string Section = "sentence_transformers";

    /// <summary>The function; null: the file does not say.</summary>
    /// <param name="root">config.json, parsed.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="problems">Takes what was found.</param>
    public static Activation? Read(ConfigNode root, string file, ProblemList problems)
    {
        if (root[Section] is { Kind: ConfigNodeKind.Map } section && section["activation_fn"] is not null)
        {
            return TorchActivations.Read(new ConfigFields(section, file, problems), "activation_fn", otherwise: null, TorchActivations.OfScores);
        }

        return TorchActivations.Read(new ConfigFields(root, file, problems), "sbert_ce_default_activation_function", otherwise: null, TorchActivations.OfScores);
    }
}
