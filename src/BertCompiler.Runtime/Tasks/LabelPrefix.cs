namespace BertCompiler.Tasks;

/// <summary>What a label's prefix says about its word.</summary>
internal enum LabelPrefix
{
    /// <summary>No prefix: the word belongs to a neighbour with the same label.</summary>
    None,

    /// <summary><c>B</c>: it is the first of an entity.</summary>
    Begin,

    /// <summary><c>I</c> or <c>M</c>: it continues one.</summary>
    Inside,

    /// <summary><c>L</c> or <c>E</c>: it is the last of one.</summary>
    Last,

    /// <summary><c>U</c>, <c>S</c> or <c>W</c>: it is one by itself.</summary>
    Single,
}
