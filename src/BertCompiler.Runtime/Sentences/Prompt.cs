namespace BertCompiler;

/// <summary>A text that a model wants before its inputs, under the name that its folder gives it.</summary>
/// <param name="Name">The name, <c>query</c>.</param>
/// <param name="Text">What is put before a text; empty: nothing.</param>
public sealed record Prompt(string Name, string Text)
{
    /// <summary>For people: <c>query: "Represent this question: "</c>.</summary>
    public override string ToString() => $"{Printed.Short(Name)}: {Printed.Quoted(Text)}";
}
