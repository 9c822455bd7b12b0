using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>A clone without Git LFS has small texts in place of files, and each that is read is told by its name.</summary>
public sealed class LfsPointersTest : IDisposable
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

    // The class decides which of the older files are read.
    private const string Roberta = "tokenizer_config.json={\"tokenizer_class\": \"RobertaTokenizer\"}";
    private const string XlmRoberta = "tokenizer_config.json={\"tokenizer_class\": \"XLMRobertaTokenizer\"}";
    private readonly TemporaryFolder _folder = new();

    public LfsPointersTest()
    {
        string bundled = Path.Combine(SharedData.Repository, "models", "bundled-embedder");
        foreach (string file in (string[])["config.json", "model.safetensors", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.Copy(Path.Combine(bundled, file), _folder[file]);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("modules.json")]
    [InlineData("sentence_bert_config.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("vocab.txt", "tokenizer.json")]
    [InlineData("vocab.json", "tokenizer.json", "vocab.txt", "merges.txt=#version: 0.2", Roberta)]
    [InlineData("merges.txt", "tokenizer.json", "vocab.txt", "vocab.json={\"a\": 0}", Roberta)]
    [InlineData("spiece.model", "tokenizer.json", "vocab.txt", XlmRoberta)]
    [InlineData("sentencepiece.bpe.model", "tokenizer.json", "vocab.txt", XlmRoberta)]
    public void A_pointer_is_told_by_its_files_name(string file, params string[] others)
    {
        foreach (string other in others)
        {
            string[] parts = other.Split('=', 2);
            if (parts.Length == 1) File.Delete(_folder[other]);
            else File.WriteAllText(_folder[parts[0]], parts[1]);
        }

        File.WriteAllText(_folder[file], Pointer);
        Problem problem = Assert.Single(ModelImporter.Import(_folder.Path, new ImportTarget(_folder["out"], "x")).Problems, p => p.Severity == Severity.Error);
        Assert.Same(ProblemKinds.LfsPointer, problem.Kind);
        Assert.Equal(Path.GetFullPath(_folder[file]), Path.GetFullPath(problem.File));
        Assert.Contains("git lfs pull", problem.Message, StringComparison.Ordinal);
    }
}
