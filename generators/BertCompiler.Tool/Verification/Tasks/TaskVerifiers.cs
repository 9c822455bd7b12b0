using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>The verifiers of all tasks.</summary>
internal static class TaskVerifiers
{
    public static IReadOnlyList<IFolderVerifier> All(ModelCache cache) =>
    [
        new TokenClassificationVerifier(cache),
        new TextClassificationVerifier(cache),
        new FillMaskVerifier(cache),
        new QuestionAnsweringVerifier(cache),
        new MultipleChoiceVerifier(cache),
        new NextSentenceVerifier(cache),
        new SentenceEmbeddingVerifier(cache),
        new QuantizationVerifier(),
        new SparseEncoderVerifier(cache),
        new CrossEncoderVerifier(cache),
        new EntityFolderVerifier(),
    ];
}
