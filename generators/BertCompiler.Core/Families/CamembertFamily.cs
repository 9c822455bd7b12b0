namespace BertCompiler.Core.Families;

/// <summary>CamemBERT (Martin et al. 2020, arXiv:1911.03894): RoBERTa's network for French.</summary>
public static class CamembertFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = RobertaFamily.Named("camembert", "Camembert");
}
