using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Head.g.cs</c>: what follows the last layer.</summary>
internal static class HeadEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        using (context.PartialProgram(w))
        {
            bool first = true;
            foreach (Block block in context.Plan.Heads)
            {
                if (!first) w.Line();
                first = false;
                w.Summary(Summary(block.Name));
                using (w.Block($"private void {block.Name}({context.Parameters(block)})"))
                {
                    context.Values(w, block);
                    OpEmitter.Write(context, w, block);
                }
            }
        }
    }

    private static string Summary(string block) => block switch
    {
        "Pool" => "The pooler: the first token's hidden state through one dense layer with tanh (Devlin et al. 2019, §3.1).",
        "ScoreDecoder" => "The masked language model (Devlin et al. 2019, §3.1, task 1): which word stands at each place.",
        "ScoreNextSentence" => "Next sentence prediction (Devlin et al. 2019, §3.1, task 2): column 0 says that the second text follows the first.",
        "ScoreSentenceOrder" => "Sentence order (Lan et al. 2020, §3.1): column 0 says that the two texts stand in their order.",
        "ScoreSpan" => "Where in the text the answer begins and ends (Devlin et al. 2019, §4.2).",
        "ScoreReplaced" => "Replaced token detection (Clark et al. 2020, §3.1): which tokens a generator put in.",
        _ => "A score for each label (Devlin et al. 2019, §4.1; of each token: §5.3).",
    };
}
