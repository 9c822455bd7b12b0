using Xunit;

namespace BertCompiler.Testing.Oracle;

/// <summary>A theory that asks the Hugging Face library, with files of the shared folder: skipped, with the reason, where one of them is absent.</summary>
public sealed class OracleTheoryAttribute : TheoryAttribute
{
    public OracleTheoryAttribute() => Skip = SharedData.Root is null ? SharedData.Missing : HuggingFaceOracle.Missing;
}
