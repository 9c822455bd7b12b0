using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Head.g.cs</c>: what follows the last layer.</summary>
internal static class HeadEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialClass(w))
        {
            bool first = true;
            foreach (Block block in context.Plan.Heads)
            {
                if (!first) w.Line();
                first = false;
                w.Summary(Summary(block.Name));
                using (w.Block($"private void {block.Name}(global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work)"))
                {
                    context.Buffers(w, block);
                    OpEmitter.Write(context, w, block, layer: false);
                }
            }
        }
    }

    private static string Summary(string block) => block switch
    {
        "Pool" => "The pooler: the first token's hidden state through one dense layer with tanh (Devlin et al. 2019, §3.1).",
        "PredictWords" => "The masked language model (Devlin et al. 2019, §3.1, task 1): which word stands at each place.",
        "ScoreNextSentence" => "Next sentence prediction (Devlin et al. 2019, §3.1, task 2): column 0 says that the second text follows the first.",
        "ClassifyTokens" => "A label for each token (Devlin et al. 2019, §5.3).",
        "ScoreSpans" => "Where in the text the answer begins and ends (Devlin et al. 2019, §4.2).",
        _ => "A score for each label, from the pooled first token (Devlin et al. 2019, §4.1).",
    };
}
