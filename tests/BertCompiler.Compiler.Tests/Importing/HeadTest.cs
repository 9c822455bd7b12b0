using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>What is loaded of a folder that could be several things, and what is said where it cannot be.</summary>
public sealed class HeadTest
{
    [Theory]
    [InlineData("BertModel", HeadKind.None)]
    [InlineData("BertForMaskedLM", HeadKind.MaskedLanguageModel)]
    [InlineData("BertForNextSentencePrediction", HeadKind.NextSentencePrediction)]
    [InlineData("BertForPreTraining", HeadKind.PreTraining)]
    public void Every_class_whose_tensors_are_there_can_be_asked_for(string head, HeadKind kind)
    {
        ModelInspection model = Inspect(PreTraining(), head);
        Assert.Empty(model.Problems);
        Assert.Equal((head, kind, null), (model.Spec!.Architecture, model.Spec.Head.Kind, model.Spec.Sentence));
        Assert.True(model.Spec.HasPooler || kind == HeadKind.MaskedLanguageModel);
    }

    [Fact]
    public void A_class_without_its_tensors_is_an_error_that_names_those_that_have_theirs()
    {
        Problem problem = Assert.Single(Inspect(PreTraining(), "BertForQuestionAnswering").Problems);
        Assert.Equal((ProblemKinds.HeadTensorsMissing, Severity.Error), (problem.Kind, problem.Severity));
        Assert.Contains("'qa_outputs.weight' [2, 66]", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("The file has what BertModel, BertForNextSentencePrediction, BertForPreTraining, BertForMaskedLM need", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The same where config.json itself names the class; and a classifier of one label is not one of three.</summary>
    [Fact]
    public void A_folder_whose_class_lacks_its_tensors_is_told_what_there_is()
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForQuestionAnswering"]""";
        model.Add("classifier.weight", 3, model.Hidden);
        model.Add("classifier.bias", 3);
        Problem problem = Assert.Single(Inspect(model, null).Problems, p => p.Severity == Severity.Error);
        Assert.Equal(ProblemKinds.TensorMissing, problem.Kind);
        Assert.Contains("The file has what BertModel, BertForTokenClassification need", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GptModel", "BERT1011", "there is no such class")]
    [InlineData("", "BERT1011", "there is no such class")]
    [InlineData("bertmodel", "BERT1011", "BertForMaskedLM")]
    [InlineData("DistilBertForMaskedLM", "BERT1012", "the family distilbert")]
    public void What_is_no_class_of_the_family_is_refused(string head, string id, string word)
    {
        Problem problem = Assert.Single(Inspect(PreTraining(), head).Problems);
        Assert.Equal(id, problem.Kind.Id);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_tokenizer_there_is_no_sentence_embedder() =>
        Assert.Equal(ProblemKinds.HeadWithoutTokenizer, Assert.Single(Inspect(PreTraining(), "embedding").Problems).Kind);

    [Theory]
    [InlineData("embedding")]
    [InlineData("Embedding")]
    public void A_plain_folder_becomes_a_sentence_embedder_without_a_warning(string head)
    {
        using var folder = new TemporaryFolder();
        TinyModel model = PreTraining();
        model.Save(folder.Path);
        File.WriteAllLines(folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"]);
        ModelInspection asked = ModelImporter.Inspect(folder.Path, new ImportOptions { Head = head });
        Assert.Empty(asked.Problems);
        Assert.Equal(new SentenceSpec { Pooling = new([PoolingMode.Mean]) }, asked.Spec!.Sentence);
        Assert.Equal(HeadKind.None, asked.Spec.Head.Kind);
    }

    /// <summary>Modules stay what they are where an embedder is asked for, and are left out where a class is.</summary>
    [Fact]
    public void A_folder_with_modules_keeps_them_for_an_embedder_and_not_for_a_class()
    {
        string bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");
        ModelSpec plain = ModelImporter.Inspect(bundled).Spec!;
        Assert.Equal(plain, ModelImporter.Inspect(bundled, new ImportOptions { Head = "embedding" }).Spec);
        ModelInspection bare = ModelImporter.Inspect(bundled, new ImportOptions { Head = "BertModel" });
        Assert.Empty(bare.Problems);
        Assert.Null(bare.Spec!.Sentence);
    }

    /// <summary>Files before 2020 have no model_type: the class that is asked for then tells the family.</summary>
    [Fact]
    public void The_family_of_an_old_file_is_that_of_the_class()
    {
        var model = new TinyModel();
        model.Fields.Remove("model_type");
        model.Fields.Remove("architectures");
        Assert.Equal("roberta", Inspect(model, "RobertaModel").Spec!.Family);
    }

    private static TinyModel PreTraining()
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForPreTraining"]""";
        model.Add("pooler.dense.weight", model.Hidden, model.Hidden);
        model.Add("pooler.dense.bias", model.Hidden);
        model.Add("cls.predictions.transform.dense.weight", model.Hidden, model.Hidden);
        model.Add("cls.predictions.transform.dense.bias", model.Hidden);
        model.Add("cls.predictions.transform.LayerNorm.weight", model.Hidden);
        model.Add("cls.predictions.transform.LayerNorm.bias", model.Hidden);
        model.Add("cls.predictions.bias", model.Vocabulary);
        model.Add("cls.seq_relationship.weight", 2, model.Hidden);
        model.Add("cls.seq_relationship.bias", 2);
        return model;
    }

    private static ModelInspection Inspect(TinyModel model, string? head)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder.Path);
        return ModelImporter.Inspect(folder.Path, new ImportOptions { Head = head });
    }
}
