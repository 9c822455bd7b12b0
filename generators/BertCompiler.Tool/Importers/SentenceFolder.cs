using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// The sentence-transformers side of a model folder: modules.json, the pooling's config.json, sentence_bert_config.json and
/// config_sentence_transformers.json.
/// </summary>
internal sealed class SentenceFolder
{
    private readonly string _folder;
    private readonly ProblemList _problems;
    private readonly SentenceModules? _modules;

    private SentenceFolder(string folder, bool hasModules, SentenceModules? modules, ProblemList problems)
    {
        _folder = folder;
        HasModules = hasModules;
        _modules = modules;
        _problems = problems;
        TransformerFolder = modules is { TransformerPath.Length: > 0 } ? Path.Combine(folder, modules.TransformerPath) : folder;
    }

    /// <summary>Whether there is a modules.json: the model then is an encoder with modules behind it, whatever class config.json names.</summary>
    public bool HasModules { get; }

    /// <summary>Where config.json, weights and tokenizer lie.</summary>
    public string TransformerFolder { get; }

    /// <summary>Reads modules.json, if it is there.</summary>
    /// <exception cref="ImportException">It is not JSON.</exception>
    public static SentenceFolder Read(string folder, ProblemList problems)
    {
        string path = Path.Combine(folder, "modules.json");
        if (!File.Exists(path)) return new SentenceFolder(folder, hasModules: false, modules: null, problems);
        ConfigNode root = JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed);
        return new SentenceFolder(folder, hasModules: true, SentenceModulesReader.Read(root, path, problems), problems);
    }

    /// <summary>
    /// How a sentence becomes a vector. A bare encoder with a tokenizer gets the mean without normalisation, as sentence-transformers gives
    /// it, and a warning; null: the model gives no sentence vectors.
    /// </summary>
    /// <exception cref="ImportException">A file that modules.json names is missing or not JSON.</exception>
    public SentenceSpec? ReadSpec(ModelConfig config, bool hasTokenizer)
    {
        if (!HasModules)
        {
            if (config.Rule.Head != HeadKind.None || !hasTokenizer) return null;
            _problems.Warning(ProblemKinds.ConfigMissingFile, Path.Combine(_folder, "modules.json"), "modules.json is missing, so nothing says how a sentence becomes a vector: the mean over its tokens is taken, not normalised, as sentence-transformers does");
            return new SentenceSpec { Pooling = new([PoolingMode.Mean]), Normalize = false };
        }

        if (_modules is null) return null;
        string pooling = Path.Combine(_folder, _modules.PoolingPath, "config.json");
        if (!File.Exists(pooling)) throw new ImportException(ProblemKinds.ConfigMissingFile, pooling, "modules.json names a Pooling module whose config.json is missing");
        ConfigNode root = JsonDocumentReader.ReadFile(pooling, ProblemKinds.ConfigMalformed);
        WarnOfPrompts();
        return new SentenceSpec
        {
            Pooling = PoolingReader.Read(root, pooling, config.Hidden, _problems),
            Normalize = _modules.Normalize,
        };
    }

    /// <summary>
    /// Whether the transformer module lower-cases texts before the tokenizer's own normaliser: sentence-transformers' own
    /// <c>do_lower_case</c>. Special tokens written in a text stay special.
    /// </summary>
    /// <exception cref="ImportException">The file is not JSON.</exception>
    public bool ReadLowersTexts() => ReadTransformer()?.OptionalBool("do_lower_case", false) ?? false;

    /// <summary>
    /// Longest input in tokens: max_seq_length of the transformer module, else the tokenizer's model_max_length; never more than there are
    /// positions.
    /// </summary>
    /// <exception cref="ImportException">A file is not JSON.</exception>
    public int ReadMaxTokens(ModelConfig config)
    {
        int stated = ReadTransformer()?.OptionalInt("max_seq_length", 0, 1, int.MaxValue) ?? 0;
        return Math.Min(stated > 0 ? stated : ReadModelMaxLength() ?? int.MaxValue, config.Positions);
    }

    private ConfigFields? ReadTransformer()
    {
        string path = Path.Combine(TransformerFolder, "sentence_bert_config.json");
        if (!HasModules || !File.Exists(path)) return null;
        return new ConfigFields(JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed), path, _problems);
    }

    /// <summary>transformers writes 10³⁰ where there is no limit.</summary>
    private int? ReadModelMaxLength()
    {
        string path = Path.Combine(TransformerFolder, "tokenizer_config.json");
        if (!File.Exists(path)) return null;
        ConfigNode? value = JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed)["model_max_length"];
        bool stated = value?.Kind == ConfigNodeKind.Number
            & double.TryParse(value?.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number is >= 1 and <= int.MaxValue;
        return stated ? (int)number : null;
    }

    private void WarnOfPrompts()
    {
        string path = Path.Combine(_folder, "config_sentence_transformers.json");
        if (!File.Exists(path)) return;
        ConfigNode root = JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed);
        if (root["default_prompt_name"] is { Kind: ConfigNodeKind.Text } name && root["prompts"]?[name.Text] is { Kind: ConfigNodeKind.Text, Text.Length: > 0 } prompt)
        {
            _problems.Warning(ProblemKinds.ConfigUnsupported, path, $"'default_prompt_name': the prompt {prompt.Describe()} is not put before texts; do so in the program for the numbers of sentence-transformers", name.Line, name.Column);
        }

        if (root["truncate_dim"] is { Kind: ConfigNodeKind.Number } dimension)
        {
            _problems.Warning(ProblemKinds.ConfigUnsupported, path, $"'truncate_dim': embeddings keep all their numbers; take the first {dimension.Describe()} for those of sentence-transformers", dimension.Line, dimension.Column);
        }
    }
}
