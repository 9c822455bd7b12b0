using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Reads the block <c>decoder</c> of a tokenizer.json, which <see cref="PipelineCheck"/> has checked.</summary>
internal static class DecoderReader
{
    private const string Block = "decoder";
    private const int MostStripped = 0x7FFF;

    public static IReadOnlyList<PipelineStep> Read(JsonItem root) => [.. PipelineCheck.StepsOf(root, Block, "decoders").Select(ReadOne)];

    public static PipelineStep WordPiece(string prefix, bool cleanUp) => new((int)DecoderKind.WordPiece, cleanUp ? 1u : 0, prefix);

    private static PipelineStep ReadOne(JsonItem step)
    {
        string type = PipelineCheck.TypeOf(step);
        switch (type)
        {
            case "WordPiece": return WordPiece(Text("prefix"), step.Require("cleanup", "'decoder'").AsBoolean("'decoder.cleanup'"));
            case "ByteLevel": return new((int)DecoderKind.ByteLevel);
            case "Metaspace":
                bool never = step.FindValue("prepend_scheme")?.AsText("'prepend_scheme'") == "never" || !StepReader.Flag(step, "add_prefix_space", usual: true);
                return new((int)DecoderKind.Metaspace, never ? 1u : 0, StepReader.Character(step, "replacement", Block));
            case "BPEDecoder": return new((int)DecoderKind.Bpe, Text: NotEmpty("suffix"));
            case "Replace":
                PipelineStep replace = StepReader.WithPattern(new((int)DecoderKind.Replace, Other: Text("content")), step, Block);
                return replace.Pattern.Count == 0 ? replace : throw StepReader.Unsupported(step, Block, "a regular expression");
            case "ByteFallback": return new((int)DecoderKind.ByteFallback);
            case "Fuse": return new((int)DecoderKind.Fuse);
            case "Strip": return new((int)DecoderKind.Strip, Count("start") | Count("stop") << 16, StepReader.Character(step, "content", Block));
            default:
                throw StepReader.Unsupported(step, Block, type);
        }

        string Text(string name) => step.Require(name, "'decoder'").AsText($"'decoder.{name}'");

        string NotEmpty(string name) => Text(name) is { Length: > 0 } text ? text : throw StepReader.Unsupported(step, Block, $"an empty {name}");

        uint Count(string name)
        {
            long count = step.Require(name, "'decoder'").AsCount($"'decoder.{name}'");
            return count <= MostStripped ? (uint)count : throw step.Fault(ProblemKinds.TokenizerUnsupported, $"{step.Tree.Name}: decoder.{name} is {count}; at most {MostStripped} is supported");
        }
    }
}
