using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>What the readers of steps share.</summary>
internal static class StepReader
{
    private const string PatternName = "pattern";

    /// <summary>A step that cannot be compiled; leaving it out would change ids.</summary>
    public static TokenizerFault Unsupported(JsonItem step, string block, string what)
        => step.Fault(ProblemKinds.TokenizerUnsupported, $"{step.Tree.Name}: in {block}, {what} is not supported");

    public static bool Flag(JsonItem step, string name, bool usual) => step.FindValue(name)?.AsBoolean($"'{name}'") ?? usual;

    /// <summary>The one UTF-16 unit of a text.</summary>
    public static char Character(JsonItem step, string name, string block)
    {
        JsonItem item = step.Require(name, $"'{block}'");
        string text = item.AsText($"'{block}.{name}'");
        if (text.Length == 1) return text[0];
        if (text.Length == 2 && char.IsSurrogatePair(text, 0)) throw Unsupported(item, block, $"the {name} '{text}'");
        throw item.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: '{block}.{name}' must be one character, found '{text}'");
    }

    /// <summary>The <c>pattern</c> of the file.</summary>
    public static PatternArgument Pattern(JsonItem step, string block)
    {
        JsonItem pattern = step.Require("pattern", $"'{block}'");
        pattern.Expect(JsonKind.Object, $"'{block}.pattern'");
        if (pattern.FindValue("String") is { } literal)
        {
            string text = literal.AsText($"'{block}.pattern'");
            return text.Length > 0 ? Literal(text) : throw Unsupported(literal, block, "an empty pattern");
        }

        JsonItem regex = pattern.Require("Regex", $"'{block}.pattern'");
        string expression = regex.AsText($"'{block}.pattern'");
        if (PatternParser.TryLiteral(expression) is { } plain) return Literal(plain);
        return PatternParser.TryParse(expression) is { } runs ? new(PatternName, "", new(runs)) : throw Unsupported(regex, block, $"the pattern '{expression}'");
    }

    /// <summary>A regular expression that is looked for, one that is known to be supported.</summary>
    public static PatternArgument Expression(string expression) => new(PatternName, "", new(PatternParser.TryParse(expression)!));

    /// <summary>A text that is looked for.</summary>
    public static PatternArgument Literal(string text) => new(PatternName, text, default);
}
