namespace BertCompiler.Core.Spec;

/// <summary>Where a layer normalises.</summary>
public enum NormPlacement
{
    /// <summary>The sum of input and result: after attention and after the feed-forward network (Vaswani et al. 2017; BERT).</summary>
    AfterSum,

    /// <summary>The input, before attention and before the feed-forward network; sums stay as they are (Xiong et al. 2020, "pre-norm").</summary>
    BeforeBlock,
}
