using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Fuzz.Targets;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>Every parser that reads files of others. A new parser is a new line here.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> Makers = new(StringComparer.Ordinal)
    {
        ["safetensors"] = () => new SafeTensorsTarget(),
        ["safetensors-index"] = () => new ShardIndexTarget(),
        ["zip"] = () => new PyTorchArchiveTarget(),
        ["pickle"] = () => new PickleTarget(),
        ["legacy-pickle"] = () => new LegacyPickleTarget(),
        ["onnx"] = () => new OnnxTarget(),
        ["tensorflow"] = () => new TensorBundleTarget(),
        ["pytorch"] = () => new PyTorchTarget(),
        ["config"] = () => new ConfigTarget(),
        ["tokenizer-json"] = () => new TokenizerJsonTarget(),
        ["vocab-txt"] = () => new TokenizerFolderTarget("vocab.txt"),
        ["vocab-json"] = () => new TokenizerFolderTarget("vocab.json"),
        ["merges-txt"] = () => new TokenizerFolderTarget("merges.txt"),
        ["tokenizer-config-json"] = () => new TokenizerFolderTarget("tokenizer_config.json"),
        ["added-tokens-json"] = () => new TokenizerFolderTarget("added_tokens.json"),
        ["special-tokens-map-json"] = () => new TokenizerFolderTarget("special_tokens_map.json"),
        ["sentencepiece"] = () => new SentencePieceTarget(),
        ["manifest"] = () => new ManifestTarget(),
        ["packed"] = () => new PackedFileTarget(),
        ["folder-config"] = () => new FolderTarget("config.json"),
        ["folder-modules"] = () => new FolderTarget("modules.json"),
        ["folder-1_pooling-config"] = () => new FolderTarget("1_Pooling/config.json"),
        ["folder-2_dense-config"] = () => new FolderTarget("2_Dense/config.json"),
        ["folder-sentence_bert_config"] = () => new FolderTarget("sentence_bert_config.json"),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes one; its seeds are read.</summary>
    public static IFuzzTarget Create(string name) => Makers[name]();
}
