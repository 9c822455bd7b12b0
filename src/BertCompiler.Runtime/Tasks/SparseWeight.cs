namespace BertCompiler;

/// <summary>One entry of a sparse vector.</summary>
/// <param name="Id">Id of the token.</param>
/// <param name="Token">The token, as in the vocabulary.</param>
/// <param name="Weight">Its weight, greater than 0.</param>
public readonly record struct SparseWeight(int Id, string Token, float Weight)
{
    /// <summary>For people: <c>"ada" 1.25</c>.</summary>
    public override string ToString() => $"{Printed.Quoted(Token)} {Printed.Number(Weight)}";
}
