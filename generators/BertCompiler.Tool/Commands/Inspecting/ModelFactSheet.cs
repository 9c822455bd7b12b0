using System.Globalization;
using System.Text.Json;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using Spectre.Console;

namespace BertCompiler.Tool.Commands.Inspecting;

/// <summary>The facts of a model, by name: printed as a table or written as JSON.</summary>
internal sealed class ModelFactSheet
{
    private readonly List<Fact> _facts = [];
    private readonly string[] _labels;

    public ModelFactSheet(ModelSpec spec, ModelInspection inspection)
    {
        Add("name", "model", spec.Name);
        Add("family", "family", spec.Family);
        Add("architecture", "architecture", spec.Architecture);
        Add("hidden_size", "H, hidden size", spec.Hidden);
        Add("layers", "L, layers", spec.Layers.Count);
        if (spec.Layers.SetCount < spec.Layers.Count) Add("layer_weights", "sets of weights that layers share", spec.Layers.SetCount);
        Add("heads", "A, heads", spec.Layers.First.Heads);
        Add("head_size", "D, head size", spec.Layers.First.HeadSize);
        Add("feed_forward_size", "F, feed-forward size", spec.Layers.First.FeedForward);
        Add("activation", "activation", spec.Layers.First.Activation.ToString());
        Add("vocabulary", "V, vocabulary", spec.Embedding.Vocabulary);
        Add("positions", "P, positions", spec.Embedding.Positions);
        if (spec.Embedding.Width != spec.Hidden) Add("embedding_size", "E, width of the tables", spec.Embedding.Width);
        Add("position_rule", "positions are", Positions(spec));
        Add("token_types", "token types", spec.Embedding.TokenTypes);
        Add("max_tokens", "longest input in tokens", spec.MaxTokens);
        Add("head", "head", spec.Head.Kind.ToString());
        _labels = [.. spec.Head.Labels];
        if (_labels.Length > 0) Add("label_count", "labels", _labels.Length);
        Add("pooling", "pooling", spec.Sentence is { } s ? string.Join(", ", s.Modules.Select(m => Describe.Module(m)).Prepend(string.Join("+", s.Pooling))) : "none: no sentence embedder");
        if (spec.Sentence is { } sentence)
        {
            Add("dimension", "length of an embedding", sentence.Dimension(spec.Hidden));
            Add("similarity", "similarity", sentence.Similarity.ToString());
            if (sentence.Prompts.Count > 0) Add("prompts", "prompts", string.Join(", ", sentence.Prompts.Select(p => p.Name == sentence.DefaultPrompt ? p.Name + " (default)" : p.Name)));
        }

        Add("tokenizer", "tokenizer", spec.Tokenizer is { } t ? $"{(t.Model == TokenizerModel.Bpe ? "BPE" : t.Model.ToString())}, {t.Count} tokens{(t.LowerCase ? ", lower-casing" : "")}{(t.TruncatesLeft ? ", cuts on the left" : "")}" : "none: takes token ids only");
        Add("dtype", "dtype of the checkpoint", inspection.SourceDtype);
        Add("parameters", "parameters", inspection.Parameters);
        Add("source_bytes", "bytes of the checkpoint's tensors", inspection.SourceBytes);
        Add("packed_bytes", "bytes packed (fp32)", inspection.PackedBytes);
        if (spec.MaxTokens >= 128) Add("flops_per_token_128", "FLOPs a token, 128 tokens", FlopsPerToken(spec, inspection.Weights!, 128));
        Add("flops_per_token_longest", "FLOPs a token, longest input", FlopsPerToken(spec, inspection.Weights!, spec.MaxTokens));
    }

    private static string Positions(ModelSpec spec)
    {
        string added = (spec.Embedding.PositionTable, spec.Embedding.PositionRule) switch
        {
            (PositionTable.None, _) => "not added",
            (PositionTable.Sinusoidal, _) => "sine waves",
            (_, PositionRule.AfterPadding) => FormattableString.Invariant($"learned, from {spec.Embedding.PadTokenId + 1}"),
            _ => "learned, from 0",
        };
        return spec.Layers.First.Relative switch
        {
            RelativePositions.Key => added + "; relative_key",
            RelativePositions.KeyQuery => added + "; relative_key_query",
            RelativePositions.Buckets => added + "; distances in buckets",
            _ => spec.Layers.First.Disentangled is null ? added : added + "; disentangled attention",
        };
    }

    /// <summary>
    /// Multiplications and additions for one token of a text of <paramref name="tokens"/>: 2 for each weight of the matrices that every
    /// token passes (the layers', and those of a head that works on tokens), and 4·A·D in each layer for each token that it attends to
    /// (scores and mixing).
    /// </summary>
    public static long FlopsPerToken(ModelSpec spec, WeightPlan weights, int tokens)
    {
        ExecutionPlan plan = ForwardPlanner.Plan(spec, weights, Taps.None);
        long layers = plan.Groups.Sum(g => g.Layers.Count * ((2 * Weights(plan, g.Block)) + Attention(spec.Layers.Kinds[g.Block.Kind!.Value], tokens)));
        return layers + plan.Heads.Sum(block => 2 * Weights(plan, block));
    }

    private static long Attention(LayerSpec layer, int tokens) =>
        4L * layer.AttentionWidth * (layer.Window is { } window ? Math.Min((2L * window) + 1, tokens) : tokens);

    private static long Weights(ExecutionPlan plan, Block block) => block.Ops.Sum(op => op switch
    {
        LinearOp l => Size(plan, block, l.Input, l.Weight),
        GatedLinearOp g => Size(plan, block, g.Input, g.Weight),
        _ => 0,
    });

    private static long Size(ExecutionPlan plan, Block block, string input, string weight)
    {
        PackedTensor tensor = plan.Weights.Tensor(weight, block.Kind);
        return plan.Find(block, input).Rows == RowAxis.Sequences ? 0 : (long)tensor.Rows * tensor.Columns;
    }

    public void Print(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("fact").AddColumn("value");
        foreach (Fact fact in _facts) table.AddRow(Markup.Escape(fact.Title), Markup.Escape(fact.Text));
        console.Write(table);
        if (_labels.Length > 0) console.WriteLine("labels: " + string.Join(", ", _labels));
        console.WriteLine("FLOPs a token: 2 × weights of the matrices that every token passes + 4·L·A·D × tokens that each attends to");
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        foreach (Fact fact in _facts)
        {
            if (fact.Number is { } number) json.WriteNumber(fact.Name, number);
            else json.WriteString(fact.Name, fact.Text);
        }

        json.WriteStartArray("labels");
        foreach (string label in _labels) json.WriteStringValue(label);
        json.WriteEndArray();
    }

    private void Add(string name, string title, string text) => _facts.Add(new Fact(name, title, text, null));

    private void Add(string name, string title, long number) => _facts.Add(new Fact(name, title, number.ToString("N0", CultureInfo.InvariantCulture), number));

    private sealed record Fact(string Name, string Title, string Text, long? Number);
}
