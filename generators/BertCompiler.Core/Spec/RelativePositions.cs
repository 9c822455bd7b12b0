namespace BertCompiler.Core.Spec;

/// <summary>What attention scores know of distances.</summary>
public enum RelativePositions
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A learned vector for each distance, multiplied with the query (Shaw et al. 2018; <c>relative_key</c>).</summary>
    Key,

    /// <summary>The same vector multiplied with query and key (Huang et al. 2020, method 4; <c>relative_key_query</c>).</summary>
    KeyQuery,

    /// <summary>A learned number for each head and bucket of distances (Raffel et al. 2020; MPNet).</summary>
    Buckets,
}
