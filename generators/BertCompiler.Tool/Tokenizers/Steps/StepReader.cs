using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>What the readers of steps share.</summary>
internal static class StepReader
{
    /// <summary>A step that cannot be compiled; leaving it out would change ids.</summary>
    public static TokenizerFault Unsupported(JsonItem step, string block, string what)
        => step.Fault(ProblemKinds.TokenizerUnsupported, $"{step.Tree.Name}: in {block}, {what} is not supported");

    public static bool Flag(JsonItem step, string name, bool usual) => step.FindValue(name)?.AsBoolean($"'{name}'") ?? usual;

    /// <summary>The one UTF-16 unit of a text.</summary>
    public static string Character(JsonItem step, string name, string block)
    {
        JsonItem item = step.Require(name, $"'{block}'");
        string text = item.AsText($"'{block}.{name}'");
        if (text.Length == 1) return text;
        if (text.Length == 2 && char.IsSurrogatePair(text, 0)) throw Unsupported(item, block, $"the {name} '{text}'");
        throw item.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: '{block}.{name}' must be one character, found '{text}'");
    }

    /// <summary>The step with the <c>pattern</c> of the file.</summary>
    public static PipelineStep WithPattern(PipelineStep read, JsonItem step, string block)
    {
        JsonItem pattern = step.Require("pattern", $"'{block}'");
        pattern.Expect(JsonKind.Object, $"'{block}.pattern'");
        if (pattern.FindValue("String") is { } literal)
        {
            string text = literal.AsText($"'{block}.pattern'");
            return text.Length > 0 ? read with { Text = text } : throw Unsupported(literal, block, "an empty pattern");
        }

        JsonItem regex = pattern.Require("Regex", $"'{block}.pattern'");
        string expression = regex.AsText($"'{block}.pattern'");
        if (PatternParser.TryLiteral(expression) is { } plain) return read with { Text = plain };
        return PatternParser.TryParse(expression) is { } items ? read with { Pattern = items } : throw Unsupported(regex, block, $"the pattern '{expression}'");
    }
}
