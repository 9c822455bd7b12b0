using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.Sentence.g.cs</c>: hidden states → one vector a text.</summary>
internal static class SentenceEmitter
{
    /// <summary>Names that a member of a class called Prompts cannot have without hiding another.</summary>
    private static readonly string[] _reserved = ["Prompts", "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize"];

    public static void Write(EmitContext context, CodeWriter w)
    {
        Block block = context.Plan.Sentence!;
        Value embedding = context.Plan.Find(block, SentencePlanner.Embedding);
        using (context.PartialClass(w))
        {
            using (w.Block("partial class " + EmitContext.ProgramName))
            {
                w.Summary("From hidden states to one vector for each text, as the folder's sentence-transformers modules say (Reimers and Gurevych 2019, §3).");
                using (w.Block($"public override nn.Rows SentenceEmbeddings({EmitContext.Run}, int promptTokens)"))
                {
                    context.Reserve(w, block);
                    context.Values(w, block);
                    OpEmitter.Write(context, w, block);
                    w.Line().Line($"return {embedding.Name};");
                }
            }

            w.Line();
            WriteFacts(context, w);
            if (context.Spec.Sentence!.Prompts.Count > 0) WritePrompts(context, w);
        }
    }

    private static void WriteFacts(EmitContext context, CodeWriter w)
    {
        SentenceSpec sentence = context.Spec.Sentence!;
        w.Line("private static global::BertCompiler.SentenceFacts DescribeSentence() => new()");
        w.Line("{");
        w.Line($"    FullDimension = {Literal.Integer(sentence.FullDimension(context.Spec.Hidden))},");
        if (sentence.Prompts.Count > 0)
        {
            w.Line("    Prompts =");
            w.Line("    [");
            IReadOnlyList<string> names = PromptNames(sentence);
            for (int i = 0; i < names.Count; i++) w.Line($"        new({Literal.String(sentence.Prompts[i].Name)}, Prompts.{names[i]}),");
            w.Line("    ],");
        }

        if (sentence.DefaultPrompt is { } name) w.Line($"    DefaultPromptName = {Literal.String(name)},");
        if (!sentence.IncludePrompt) w.Line("    IncludePrompt = false,");
        w.Line($"    Similarity = global::BertCompiler.SimilarityFunction.{sentence.Similarity},");
        w.Line("};");
    }

    private static void WritePrompts(EmitContext context, CodeWriter w)
    {
        SentenceSpec sentence = context.Spec.Sentence!;
        IReadOnlyList<string> names = PromptNames(sentence);
        w.Line().Summary("What the model wants before its texts, by the folder's names.");
        using (w.Block("public static class Prompts"))
        {
            for (int i = 0; i < names.Count; i++)
            {
                PromptSpec prompt = sentence.Prompts[i];
                string note = string.Equals(prompt.Name, sentence.DefaultPrompt, StringComparison.Ordinal) ? ", the default" : "";
                w.Summary($"The prompt '{Literal.Documentation(prompt.Name)}'{note}.");
                w.Line($"public const string {names[i]} = {Literal.String(prompt.Text)};");
            }
        }
    }

    private static IReadOnlyList<string> PromptNames(SentenceSpec sentence) => LabelNames.Make(sentence.Prompts.Select(p => p.Name), "Prompt", _reserved);
}
