namespace BertCompiler.Core.Spec.Steps;

/// <summary>One value of an enum of the runtime.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Type">Name of the enum.</param>
/// <param name="Value">Name of its value.</param>
public sealed record ChoiceArgument(string Name, string Type, string Value) : StepArgument(Name)
{
    /// <summary>The enum that says what becomes of delimiters.</summary>
    public const string SplitBehavior = "SplitBehavior";

    /// <summary>The enum that says before which pieces Metaspace puts its character.</summary>
    public const string PrependScheme = "PrependScheme";

    private static readonly string[] _behaviors = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];
    private static readonly string[] _schemes = ["Never", "Always", "First"];

    /// <summary>The names of all values of <see cref="Type"/>.</summary>
    public static IReadOnlyList<string> ValuesOf(string type) => type switch
    {
        SplitBehavior => _behaviors,
        PrependScheme => _schemes,
        _ => throw new ArgumentException($"the enum {type} is not known", nameof(type)),
    };
}
