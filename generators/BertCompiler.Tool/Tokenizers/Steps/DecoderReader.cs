using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Reads the block <c>decoder</c> of a tokenizer.json, which <see cref="PipelineCheck"/> has checked.</summary>
internal static class DecoderReader
{
    private const string Block = "decoder";
    private const int MostStripped = 0x7FFF;

    public static IReadOnlyList<TokenizerStep> Read(JsonItem root) => [.. PipelineCheck.StepsOf(root, Block, "decoders").Select(ReadOne)];

    private static TokenizerStep ReadOne(JsonItem step)
    {
        string type = PipelineCheck.TypeOf(step);
        switch (type)
        {
            case "WordPiece": return DecoderSteps.WordPiece(Text("prefix"), step.Require("cleanup", "'decoder'").AsBoolean("'decoder.cleanup'"));
            case "ByteLevel": return DecoderSteps.ByteLevel;
            case "Metaspace":
                bool never = step.FindValue("prepend_scheme")?.AsText("'prepend_scheme'") == "never" || !StepReader.Flag(step, "add_prefix_space", usual: true);
                return DecoderSteps.Metaspace(StepReader.Character(step, "replacement", Block), prepended: !never);
            case "BPEDecoder": return DecoderSteps.Bpe(NotEmpty("suffix"));
            case "Replace":
                PatternArgument pattern = StepReader.Pattern(step, Block);
                return pattern.Alternatives.Count == 0 ? DecoderSteps.Replace(pattern.Literal, Text("content")) : throw StepReader.Unsupported(step, Block, "a regular expression");
            case "ByteFallback": return DecoderSteps.ByteFallback;
            case "Fuse": return DecoderSteps.Fuse;
            case "Strip": return DecoderSteps.Strip(StepReader.Character(step, "content", Block), Count("start"), Count("stop"));
            default:
                throw StepReader.Unsupported(step, Block, type);
        }

        string Text(string name) => step.Require(name, "'decoder'").AsText($"'decoder.{name}'");

        string NotEmpty(string name) => Text(name) is { Length: > 0 } text ? text : throw StepReader.Unsupported(step, Block, $"an empty {name}");

        int Count(string name)
        {
            long count = step.Require(name, "'decoder'").AsCount($"'decoder.{name}'");
            return count <= MostStripped ? (int)count : throw step.Fault(ProblemKinds.TokenizerUnsupported, $"{step.Tree.Name}: decoder.{name} is {count}; at most {MostStripped} is supported");
        }
    }
}
