namespace BertCompiler.Core.Families;

/// <summary>XLM-RoBERTa (Conneau et al. 2020, arXiv:1911.02116): RoBERTa's network over a vocabulary of a hundred languages.</summary>
public static class XlmRobertaFamily
{
    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = RobertaFamily.Named("xlm-roberta", "XLMRoberta");
}
