using System.Reflection;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;

namespace BertCompiler.Compiler.Tests.Architecture;

/// <summary>Core knows the runtime's steps by name alone: each is a method, with these parameters, and each method is a step.</summary>
public sealed class TokenizerStepsTests
{
    public static TheoryData<string> Stages => ["Normalizer", "Splitter", "Decoder"];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Steps_are_the_methods_of_the_runtime(string stage)
    {
        (Type type, IReadOnlyList<TokenizerStep> samples) = stage switch
        {
            "Normalizer" => (typeof(NormalizedText), NormalizerSteps.Samples),
            "Splitter" => (typeof(SplitText), SplitterSteps.Samples),
            _ => (typeof(TokenTexts), DecoderSteps.Samples),
        };
        IEnumerable<MethodInfo> methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && m.Name != nameof(TokenTexts.JoinBySpaces));
        Assert.Equal(methods.Select(Signature).Order(StringComparer.Ordinal), samples.Select(Signature).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(SplitBehavior))]
    [InlineData(typeof(PrependScheme))]
    public void Choices_are_the_runtimes(Type type) => Assert.Equal(Enum.GetNames(type), ChoiceArgument.ValuesOf(type.Name));

    [Fact]
    public void Sets_of_patterns_are_the_runtimes() =>
        Assert.All(Enum.GetNames<PatternSets>(), name => Assert.Contains(name, Enum.GetNames<CodePointSets>()));

    [Fact]
    public void Pauses_are_the_runtimes() => Assert.Equal(Enum.GetNames<TextPause>(), Enum.GetNames<Core.Spec.TextPause>());

    [Fact]
    public void Limits_of_patterns_are_the_runtimes() => Assert.Equal(TextPattern.MostLeast, SetRun.MostLeast);

    private static string Signature(MethodInfo method) => $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"))})";

    private static string Signature(TokenizerStep step) => $"{step.Name}({string.Join(", ", step.Arguments.Select(a => $"{TypeOf(a)} {a.Name}"))})";

    private static string TypeOf(StepArgument argument) => argument switch
    {
        FlagArgument => nameof(Boolean),
        NumberArgument => nameof(Int32),
        CharacterArgument => nameof(Char),
        TextArgument => nameof(String),
        ChoiceArgument choice => choice.Type,
        PatternArgument => nameof(TextPattern),
        MapArgument => nameof(CharacterMap),
        _ => throw new ArgumentException(argument.GetType().Name, nameof(argument)),
    };
}
