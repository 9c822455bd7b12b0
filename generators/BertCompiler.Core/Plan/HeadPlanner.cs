using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans what follows the encoder in the model itself: the pooler and the parts of the head.</summary>
internal static class HeadPlanner
{
    private const string Hidden = ForwardPlanner.Hidden;
    private const string Pooled = "pooled";
    private const string FirstTokenPurpose = "The first token stands for the whole text";

    public static IEnumerable<Block> Blocks(ModelSpec spec, ValueList values)
    {
        var blocks = new List<Block>();
        if (spec.HasPooler) blocks.Add(Pooler(spec, values));
        foreach (HeadPartSpec part in spec.Head.Parts) blocks.Add(Part(part, spec, values));
        return blocks;
    }

    /// <summary>tanh(W·h₀ + b) of the first token's hidden state (Devlin et al. 2019; <c>BertPooler</c>).</summary>
    private static Block Pooler(ModelSpec spec, ValueList values)
    {
        const string name = "Pool";
        values.Add(name, "first", RowAxis.Sequences, spec.Hidden);
        values.AddShared(Pooled, RowAxis.Sequences, spec.Hidden);
        return new Block(
            name,
            new([
                new FirstTokenOp(Hidden, "first") { Purpose = FirstTokenPurpose },
                new LinearOp("first", "Pooler", "PoolerBias", new Activated(Activation.Tanh), Pooled) { Purpose = "The pooler" }]),
            ForwardPlanner.HandsOutEncoder(spec) ? new([new Output("pooler_output", Pooled)]) : default)
        {
            Summary = "The pooler: the first token's hidden state through one dense layer with tanh (Devlin et al. 2019, §3.1).",
        };
    }

    private static Block Part(HeadPartSpec part, ModelSpec spec, ValueList values)
    {
        string name = "Score" + part.Name;
        var ops = new List<Op>();
        (string current, RowAxis rows) = Input(part, spec, values, name, ops);
        string variable = char.ToLowerInvariant(part.Name[0]) + part.Name[1..];
        if (part.DenseWidth > 0)
        {
            string dense = values.Add(name, variable + "Dense", rows, part.DenseWidth);
            Finish finish = part.Activation == Activation.Identity ? new Plain() : new Activated(part.Activation);
            ops.Add(new LinearOp(current, part.Name + "Dense", part.Name + "DenseBias", finish, dense) { Purpose = "The head's own dense layer" });
            current = dense;
        }

        if (part.Norm is { } norm)
        {
            string normalized = values.Add(name, variable + "Normalized", rows, part.DenseWidth > 0 ? part.DenseWidth : spec.Hidden);
            ops.Add(new NormOp(current, ForwardPlanner.NormOf(part.Name + "Norm", norm, part.Epsilon), normalized) { Purpose = "Normalised once more" });
            current = normalized;
        }

        string scores = values.Add(name, part.ScoresVocabulary ? "words" : variable, rows, part.Columns);
        ops.Add(new LinearOp(current, part.Name, part.Name + "Bias", new Plain(), scores) { Purpose = Purpose(part) });
        if (part.AveragesScores)
        {
            string mean = values.Add(name, "mean", RowAxis.Sequences, part.Columns);
            ops.Add(new PoolOp(scores, new([PoolingMode.Mean]), part.Columns, IncludePrompt: true, mean) { Purpose = "The tokens' scores become their text's" });
            scores = mean;
        }

        return new Block(name, new(ops), new(part.Outputs.Select((output, i) => new Output(output, scores, part.IsByColumn ? i : -1))))
        {
            Summary = Summary(part),
            Logits = (part.AveragesScores ? RowAxis.Sequences : rows) switch { RowAxis.Tokens => Logits.Token, RowAxis.Selected => Logits.Vocabulary, _ => Logits.Sequence },
        };
    }

    /// <summary>What a part reads: a value of the encoder, or rows taken from it.</summary>
    private static (string Value, RowAxis Rows) Input(HeadPartSpec part, ModelSpec spec, ValueList values, string block, List<Op> ops)
    {
        switch (part.From)
        {
            case HeadInput.Pooler:
                return (Pooled, RowAxis.Sequences);
            case HeadInput.FirstToken:
                values.Add(block, "first", RowAxis.Sequences, spec.Hidden);
                ops.Add(new FirstTokenOp(Hidden, "first") { Purpose = FirstTokenPurpose });
                return ("first", RowAxis.Sequences);
            case HeadInput.MeanToken:
                values.Add(block, "average", RowAxis.Sequences, spec.Hidden);
                ops.Add(new PoolOp(Hidden, new([PoolingMode.Mean]), spec.Hidden, IncludePrompt: true, "average") { Purpose = "The mean of a text's tokens stands for it" });
                return ("average", RowAxis.Sequences);
            case HeadInput.EachToken when part.ScoresVocabulary:
                values.Add(block, "selected", RowAxis.Selected, spec.Hidden);
                ops.Add(new SelectRowsOp(Hidden, "selected") { Purpose = "Only the tokens that are asked for: a row of scores is as long as the vocabulary" });
                return ("selected", RowAxis.Selected);
            default:
                return (Hidden, RowAxis.Tokens);
        }
    }

    private static string Summary(HeadPartSpec part) => part.Name switch
    {
        "Decoder" => "The masked language model (Devlin et al. 2019, §3.1, task 1): which word stands at each place.",
        "NextSentence" => "Next sentence prediction (Devlin et al. 2019, §3.1, task 2): column 0 says that the second text follows the first.",
        "SentenceOrder" => "Sentence order (Lan et al. 2020, §3.1): column 0 says that the two texts stand in their order.",
        "Span" => "Where in the text the answer begins and ends (Devlin et al. 2019, §4.2).",
        "Replaced" => "Replaced token detection (Clark et al. 2020, §3.1): which tokens a generator put in.",
        _ => "A score for each label (Devlin et al. 2019, §4.1; of each token: §5.3).",
    };

    private static string Purpose(HeadPartSpec part) => (part.Name, part.From) switch
    {
        ("Classifier", HeadInput.EachToken) => part.AveragesScores ? "A score for each label from each token" : "A score for each label of each token",
        ("Classifier", _) => "A score for each label",
        ("Span", _) => "How well each token begins (column 0) and ends (column 1) the answer",
        ("NextSentence", _) => "How well the second text follows the first (column 0), and how badly (column 1)",
        ("SentenceOrder", _) => "How well the two texts stand in their order (column 0), and how badly (column 1)",
        ("Replaced", _) => "How surely each token was put in place of another",
        _ => "A score for every word of the vocabulary",
    };
}
