using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Turns any of the post-processors into templates for one text and for a pair.</summary>
internal sealed record PostProcessorReader(IReadOnlyList<TemplatePiece> Single, IReadOnlyList<TemplatePiece> Pair, TokenizerOptions Options)
{
    private static readonly TemplatePiece First = new() { Id = TemplatePiece.First };
    private static readonly TemplatePiece Second = new() { Id = TemplatePiece.Second, TypeId = 1 };

    /// <summary>Reads the block.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="textOf">Text of an id, or null.</param>
    /// <param name="trimming">How places are trimmed, whatever the block says; null: as it says.</param>
    public static PostProcessorReader Read(JsonItem root, Func<int, string?> textOf, OffsetTrimming? trimming = null)
    {
        IReadOnlyList<JsonItem> steps = PipelineCheck.StepsOf(root, "post_processor", "processors");
        if (steps.Count == 0) return new([First], [First, Second], TokenizerOptions.None);
        TokenizerOptions trim = TokenizerOptions.None;
        PostProcessorReader? read = null;
        foreach (JsonItem step in steps)
        {
            string type = PipelineCheck.TypeOf(step);
            if (type == "ByteLevel")
            {
                // Trimming twice would trim twice.
                if (trim != TokenizerOptions.None) throw Unsupported(root, steps);
                trim = (trimming ?? OffsetTrimming.Read(step)).Options;
                continue;
            }

            if (read is not null) throw Unsupported(root, steps);
            read = type switch
            {
                "TemplateProcessing" => Template(step, textOf),
                "BertProcessing" => Bert(Token(step, "cls", textOf), Token(step, "sep", textOf)),
                "RobertaProcessing" => Roberta(Token(step, "cls", textOf), Token(step, "sep", textOf), (trimming ?? OffsetTrimming.Read(step)).Options),
                _ => throw Unsupported(root, steps),
            };
        }

        read ??= new([First], [First, Second], TokenizerOptions.None);
        if (trim == TokenizerOptions.None) return read;
        return (read.Options & TokenizerOptions.TrimOffsets) == 0 ? read with { Options = read.Options | trim } : throw Unsupported(root, steps);
    }

    private static TokenizerFault Unsupported(JsonItem root, IReadOnlyList<JsonItem> steps) => steps[0].Fault(
        ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: this post_processor ({string.Join(", ", steps.Select(PipelineCheck.TypeOf))}) is not supported");

    /// <summary>BERT's template.</summary>
    public static PostProcessorReader Bert(int cls, int sep) => new(
        [Special(cls, 0), First, Special(sep, 0)],
        [Special(cls, 0), First, Special(sep, 0), Second, Special(sep, 1)],
        TokenizerOptions.None);

    /// <summary>RoBERTa's template: two separators between the texts, all types 0.</summary>
    public static PostProcessorReader Roberta(int cls, int sep, TokenizerOptions options) => new(
        [Special(cls, 0), First, Special(sep, 0)],
        [Special(cls, 0), First, Special(sep, 0), Special(sep, 0), new() { Id = TemplatePiece.Second }, Special(sep, 0)],
        options | TokenizerOptions.OverflowTypesFromTemplate);

    private static TemplatePiece Special(int id, int type) => new() { Id = id, TypeId = type };

    private static int Token(JsonItem step, string name, Func<int, string?> textOf)
    {
        JsonItem[] pair = [.. step.Require(name, "'post_processor'").Items()];
        if (pair.Length != 2) throw step.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: post_processor.{name} must be a token and its id");
        return Known(pair[1], pair[0].AsText($"post_processor.{name}"), textOf);
    }

    private static int Known(JsonItem id, string text, Func<int, string?> textOf)
    {
        long value = id.AsCount($"the id of '{text}'");
        if (value <= int.MaxValue && textOf((int)value) == text) return (int)value;
        throw id.Fault(ProblemKinds.TokenizerInconsistent, $"{id.Tree.Name}: post_processor says that '{text}' has the id {value}; the vocabulary does not");
    }

    private static PostProcessorReader Template(JsonItem step, Func<int, string?> textOf)
    {
        var specials = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach ((JsonItem name, JsonItem value) in step.Require("special_tokens", "'post_processor'").Members())
        {
            JsonItem[] ids = [.. value.Require("ids", "a special token").Items()];
            JsonItem[] texts = [.. value.Require("tokens", "a special token").Items()];
            string shown = name.AsText("a special token");
            if (ids.Length != texts.Length) throw value.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: '{shown}' has {ids.Length} ids and {texts.Length} tokens");
            int[] known = [.. ids.Select((id, i) => Known(id, texts[i].AsText("a special token"), textOf))];
            if (!specials.TryAdd(shown, known)) throw value.Fault(ProblemKinds.TokenizerMalformed, $"{step.Tree.Name}: '{shown}' stands twice in post_processor.special_tokens");
        }

        TemplatePiece[] single = Pieces(step.Require("single", "'post_processor'"), specials);
        TemplatePiece[] pair = Pieces(step.Require("pair", "'post_processor'"), specials);
        bool sound = Count(single, TemplatePiece.First) == 1 && Count(single, TemplatePiece.Second) == 0
            && Count(pair, TemplatePiece.First) == 1 && Count(pair, TemplatePiece.Second) == 1;
        if (!sound) throw step.Fault(ProblemKinds.TokenizerUnsupported, $"{step.Tree.Name}: post_processor must use each text once");
        return new(single, pair, TokenizerOptions.None);
    }

    private static int Count(TemplatePiece[] pieces, int id) => pieces.Count(p => p.Id == id);

    private static TemplatePiece[] Pieces(JsonItem list, Dictionary<string, int[]> specials)
    {
        var pieces = new List<TemplatePiece>();
        foreach (JsonItem item in list.Items())
        {
            JsonItem? text = item.FindValue("Sequence");
            JsonItem body = text ?? item.Require("SpecialToken", "a piece of 'post_processor'");
            string id = body.Require("id", "a piece of 'post_processor'").AsText("'id'");
            int type = (int)Math.Min(body.Require("type_id", "a piece of 'post_processor'").AsCount("'type_id'"), int.MaxValue);
            if (text is not null)
            {
                if (id is not ("A" or "B")) throw body.Fault(ProblemKinds.TokenizerMalformed, $"{list.Tree.Name}: a text in post_processor is 'A' or 'B', found '{id}'");
                pieces.Add(Special(id == "A" ? TemplatePiece.First : TemplatePiece.Second, type));
                continue;
            }

            if (!specials.TryGetValue(id, out int[]? ids))
            {
                throw body.Fault(ProblemKinds.TokenizerInconsistent, $"{list.Tree.Name}: post_processor puts '{id}' into its template, which its special_tokens do not define");
            }

            pieces.AddRange(ids.Select(i => Special(i, type)));
        }

        return [.. pieces];
    }
}
