using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>
/// One native executable with a model of every variant and of every head in it gives the bits that CoreCLR gives (whose numbers the compiler's
/// own tests hold against the references).
/// </summary>
[Collection(WorkshopGroup.Name)]
public sealed class EveryHeadTests(Workshop workshop)
{
    private const string Program = """
        using System.Runtime.InteropServices;
        using BertCompiler;
        using BertCompiler.Kernels;
        using M;

        // Variants: logits and hidden states of ids.
        Run(Camembert.Load());
        Run(DistilBert.Load());
        Run(ElectraDiscriminator.Load());
        Run(ElectraDistances.Load());
        Run(MPNet.Load());
        Run(Roberta.Load());
        Run(XlmRoberta.Load());
        Run(BertPreTraining.Load());

        // Heads: text in, typed results out.
        const string text = "Anna Smith lives in Berlin, and works for Acme Corp.";
        using (var tagger = Tagger.Load())
        {
            foreach (Entity<Tagger.Label> e in tagger.Tag(text)) Console.WriteLine($"{e.Label} {e.Text} {e.Span} {Bits(e.Score)}");
        }

        using (var filler = Filler.Load())
        {
            foreach (FilledMask f in filler.FillMask("Anna lives in <mask>.")[0].Candidates) Console.WriteLine($"{f.Id} {Bits(f.Score)} {f.Sequence}");
            foreach (SparseWeight w in filler.EncodeSparse(text).Entries.Take(5)) Console.WriteLine($"{w.Id} {Bits(w.Weight)}");
        }

        using (var reader = Reader.Load())
        {
            foreach (Answer a in reader.Answer("Who lives in Berlin?", text, new AnswerOptions { Top = 3 })) Console.WriteLine($"{a.Text} {Bits(a.Score)}");
        }

        using (var judge = Judge.Load())
        {
            Classification<Judge.Label> c = judge.Classify(text, pair: "Berlin is a city.");
            Console.WriteLine($"{c.Label} {Bits([.. c.Scores])}");
        }

        using (var ranker = Ranker.Load())
        {
            foreach (RankedDocument d in ranker.Rerank("Berlin", [text, "Bread rises."])) Console.WriteLine($"{d.Index} {Bits(d.Score)}");
        }

        using (var chooser = Chooser.Load()) Console.WriteLine(Bits([.. chooser.Choose("Anna", ["lives", "works", "rises"]).Scores]));
        using (var embedder = Embedder.Load()) Console.WriteLine(Bits(embedder.Embed(text)));

        static void Run(EncoderModel model)
        {
            using (model)
            {
                var batch = new TokenBatch();
                batch.Add([3, 5, 7, 9, 2]);
                batch.Add([4]);
                model.Run(batch, new Printer(model.Facts.Architecture));
            }
        }

        static string Bits(params float[] values) => Convert.ToHexString(MemoryMarshal.AsBytes<float>(values));

        internal sealed class Printer(string model) : IModelOutputs
        {
            public void Tokens(string name, Rows values, int column = -1) => Print(name, values);

            public void Sequences(string name, Rows values, int column = -1) => Print(name, values);

            public void Attention(int layer, int sequence, int head, Rows probabilities) => Print($"attention {layer} {sequence} {head}", probabilities);

            private void Print(string name, Rows values)
            {
                for (int i = 0; i < values.Count; i++) Console.WriteLine($"{model} {name} {i} {Convert.ToHexString(MemoryMarshal.AsBytes(values[i]))}");
            }
        }
        """;

    private static readonly (string Class, string[] Folder)[] _models =
    [
        ("Camembert", ["golden", "models", "camembert_tokcls"]),
        ("DistilBert", ["golden", "models", "distilbert_sinusoidal_absent"]),
        ("ElectraDiscriminator", ["golden", "models", "electra_discriminator"]),
        ("ElectraDistances", ["golden", "models", "electra_relkeyquery_base"]),
        ("MPNet", ["golden", "models", "mpnet_base_pooler"]),
        ("Roberta", ["golden", "models", "roberta_seqcls_multi"]),
        ("XlmRoberta", ["golden", "models", "xlmr_mc"]),
        ("BertPreTraining", ["golden", "models", "bert_pretraining_decoder_stored"]),
        ("Tagger", ["golden", "tasks", "token_classification", "xlmr_bilou"]),
        ("Filler", ["golden", "tasks", "fill_mask", "roberta"]),
        ("Reader", ["golden", "tasks", "question_answering", "bert"]),
        ("Judge", ["golden", "tasks", "text_classification", "bert_4_labels"]),
        ("Ranker", ["golden", "tasks", "text_classification", "roberta_1_label"]),
        ("Chooser", ["golden", "tasks", "multiple_choice", "bert"]),
    ];

    [SharedNativeAotFact]
    public void A_native_executable_gives_the_bits_of_CoreCLR()
    {
        string items = $"""<BertModel Include="{Workshop.BundledModel}" Class="M.Embedder" />""";
        foreach ((string name, string[] folder) in _models) items += $"""<BertModel Include="{SharedData.Require(folder)}" Class="M.{name}" Taps="attention" />""";
        Consumer project = workshop.Project("Heads", items, Program, "<PublishAot>true</PublishAot>");
        CommandResult publish = project.Dotnet("publish", "--use-current-runtime", "-o", Path.Combine(project.Folder, "out")).Succeeded();
        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);
        project.Dotnet("build").Succeeded();
        string[] native = Command.Run(project.Folder, Path.Combine(project.Folder, "out", "Heads")).Succeeded().Lines;
        string[] managed = Command.Dotnet(project.Folder, Path.Combine(project.Output, "Heads.dll")).Succeeded().Lines;
        Assert.Equal(managed, native);
        foreach (string architecture in (string[])["CamembertForTokenClassification logits", "DistilBertForSequenceClassification logits", "ElectraForPreTraining logits", "ElectraModel last_hidden_state", "MPNetModel pooler_output", "XLMRobertaForMultipleChoice logits", "BertForPreTraining seq_relationship_logits"])
        {
            Assert.Contains(native, line => line.StartsWith(architecture, StringComparison.Ordinal));
        }
    }

    /// <summary>Each sample builds with a model of its kind, runs, and without one says what it needs.</summary>
    [SharedTheory]
    [InlineData("FillMask", "fill_mask/bert", "%  Paris is the")]
    [InlineData("Tag", "token_classification/bert_bio", "  at 0")]
    [InlineData("QuestionAnswering", "question_answering/bert", "  at ")]
    [InlineData("Classify", "text_classification/bert_4_labels", "mixed feelings")]
    [InlineData("Rerank", "text_classification/roberta_1_label", "Vaccines teach")]
    public void Samples_run(string sample, string model, string expected)
    {
        string project = Path.Combine(SharedData.Repository, "samples", sample);
        string output = Path.Combine(workshop.Folder, sample);
        string folder = SharedData.Require(["golden", "tasks", .. model.Split('/')]);
        Command.Dotnet(project, "build", "-c", Workshop.Configuration, "-p:Model=" + folder, "-o", output).Succeeded();
        Assert.Contains(expected, Command.Dotnet(workshop.Folder, Path.Combine(output, sample + ".dll")).Succeeded().Output, StringComparison.Ordinal);
        CommandResult refused = Command.Dotnet(project, "build", "-c", Workshop.Configuration, "--no-restore", "-o", output).Failed();
        Assert.Contains($"error : {sample} needs the folder of a", refused.Output, StringComparison.Ordinal);
    }
}
