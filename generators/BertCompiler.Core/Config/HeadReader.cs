using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Config;

/// <summary>Which class of a family is compiled, where a person asks for one, as transformers' <c>AutoModelFor…</c> lets one.</summary>
public static class HeadReader
{
    /// <summary>The word that makes a sentence embedder of an encoder, whatever class its folder names.</summary>
    public const string Embedding = "embedding";

    /// <summary>Whether a sentence embedder is asked for.</summary>
    public static bool IsEmbedding(string? head) => string.Equals(head, Embedding, StringComparison.OrdinalIgnoreCase);

    /// <summary>The family that has a class of that name; null: none has.</summary>
    internal static Family? FamilyOf(string? head) => head is null ? null : Family.All.FirstOrDefault(f => f.Rule(head) is not null);

    /// <summary>The class that is asked for; after a problem was reported the bare encoder.</summary>
    internal static ArchitectureRule Read(ConfigFields fields, Family family, string head)
    {
        if (IsEmbedding(head)) return family.Architectures[0];
        if (family.Rule(head) is { } rule) return rule;
        string classes = string.Join(", ", family.Architectures.Select(a => a.Architecture));
        if (FamilyOf(head) is { } other)
        {
            fields.Error(ProblemKinds.HeadOfOtherFamily, fields.Find("model_type"), $"the head {head} is asked for, a class of the family {other.ModelType}; the model's family, {family.ModelType}, has {classes}");
        }
        else
        {
            string asked = head.Length <= 60 ? head : head[..60] + "…";
            fields.Error(ProblemKinds.HeadUnknown, null, $"the head '{asked}' is asked for: there is no such class. The family {family.ModelType} has {classes}; '{Embedding}' makes a sentence embedder");
        }

        return family.Architectures[0];
    }
}
