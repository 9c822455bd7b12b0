namespace BertCompiler.Core.Spec.Steps;

/// <summary>One step of normalising, splitting or decoding: a method of the runtime, by its name, with its arguments in order.</summary>
/// <param name="Name">The method: of <c>NormalizedText</c>, <c>SplitText</c> or <c>TokenTexts</c>.</param>
/// <param name="Arguments">Its arguments, named like the method's parameters.</param>
public sealed record TokenizerStep(string Name, EquatableArray<StepArgument> Arguments)
{
    /// <summary>A step with these arguments.</summary>
    public static TokenizerStep Of(string name, params IEnumerable<StepArgument> arguments) => new(name, new(arguments));

    /// <summary>Value of the flag with that name.</summary>
    public bool Flag(string name) => Argument<FlagArgument>(name).Value;

    /// <summary>Value of the number with that name.</summary>
    public int Number(string name) => Argument<NumberArgument>(name).Value;

    /// <summary>Value of the character with that name.</summary>
    public char Character(string name) => Argument<CharacterArgument>(name).Value;

    /// <summary>Value of the text with that name.</summary>
    public string Text(string name) => Argument<TextArgument>(name).Value;

    /// <summary>Name of the enum's value that the choice with that name holds.</summary>
    public string Choice(string name) => Argument<ChoiceArgument>(name).Value;

    /// <summary>The pattern with that name.</summary>
    public PatternArgument Pattern(string name) => Argument<PatternArgument>(name);

    /// <summary>Index of the character map with that name.</summary>
    public int Map(string name) => Argument<MapArgument>(name).Index;

    private T Argument<T>(string name)
        where T : StepArgument =>
        Arguments.OfType<T>().FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"the step {Name} has no {typeof(T).Name} '{name}'", nameof(name));
}
