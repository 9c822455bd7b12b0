namespace BertCompiler.Core.Families;

/// <summary>data2vec for text (Baevski et al. 2022, arXiv:2202.03555): RoBERTa's network, trained to predict its own hidden states.</summary>
public static class Data2VecTextFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = RobertaFamily.Named("data2vec-text", "Data2VecText") with { Prefix = "data2vec_text." };
}
