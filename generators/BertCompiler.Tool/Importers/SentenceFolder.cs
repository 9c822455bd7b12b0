using System.Globalization;
using BertCompiler.Core;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// The sentence-transformers side of a model folder: modules.json, the modules' own config.json, the transformer module's settings
/// (<see cref="TransformerFiles"/>) and config_sentence_transformers.json.
/// </summary>
internal sealed class SentenceFolder
{
    /// <summary>
    /// What sentence-transformers calls the settings of a transformer module, in the order in which it looks for them (<c>Transformer.load</c>):
    /// a name for each family, and each is read whatever the family is.
    /// </summary>
    public static IReadOnlyList<string> TransformerFiles { get; } =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json", "sentence_camembert_config.json",
        "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ];

    private readonly string _folder;
    private readonly ProblemList _problems;
    private readonly SentenceModules? _modules;
    private readonly SentenceSettings _settings;
    private readonly List<string> _moduleFolders = [];

    private SentenceFolder(string folder, bool hasModules, SentenceModules? modules, SentenceSettings settings, ProblemList problems)
    {
        _folder = folder;
        HasModules = hasModules;
        _modules = modules;
        _settings = settings;
        _problems = problems;
        TransformerFolder = modules is { TransformerPath.Length: > 0 } ? Path.Combine(folder, modules.TransformerPath) : folder;
    }

    /// <summary>Whether there is a modules.json.</summary>
    public bool HasModules { get; }

    /// <summary>Whether the model is an encoder with modules behind it, whatever class config.json names.</summary>
    public bool IsEncoderOnly => HasModules && !IsCrossEncoder;

    /// <summary>Whether modules.json says that the model scores pairs.</summary>
    public bool IsCrossEncoder => _modules?.Kind == SentenceFolderKind.CrossEncoder;

    /// <summary>Whether the modules make sparse vectors of the logits of a masked language model.</summary>
    public bool IsSparseEncoder => _modules?.Kind == SentenceFolderKind.SparseEncoder;

    /// <summary>Where config.json, weights and tokenizer lie.</summary>
    public string TransformerFolder { get; }

    /// <summary>Folders of the modules of the spec that was read, in their order.</summary>
    public IReadOnlyList<string> ModuleFolders => _moduleFolders;

    /// <summary>What config_sentence_transformers.json says that a cross-encoder does to its logits; null: nothing.</summary>
    public Activation? RerankFunction => _settings.Activation;

    /// <summary>Folders of all modules, relative to the model folder.</summary>
    public IEnumerable<string> ModulePaths => _modules is null ? [] : _modules.Modules.Select(m => m.Path).Append(_modules.TransformerPath).Where(p => p.Length > 0);

    private string ModulesFile => Path.Combine(_folder, "modules.json");

    /// <summary>Reads modules.json and config_sentence_transformers.json, if they are there.</summary>
    /// <exception cref="ImportException">One of them is not JSON.</exception>
    public static SentenceFolder Read(string folder, ProblemList problems)
    {
        string path = Path.Combine(folder, "modules.json");
        if (!File.Exists(path)) return new SentenceFolder(folder, hasModules: false, modules: null, SentenceSettings.None, problems);
        string settingsFile = Path.Combine(folder, "config_sentence_transformers.json");
        SentenceSettings settings = File.Exists(settingsFile)
            ? SentenceSettingsReader.Read(JsonDocumentReader.ReadFile(settingsFile, ProblemKinds.ConfigMalformed), settingsFile, problems)
            : SentenceSettings.None;
        ConfigNode root = JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed);
        SentenceModules? modules = SentenceModulesReader.Read(root, path, settings.IsCrossEncoder, problems);
        if (settings.DefaultPrompt is { } prompt && modules is not null && modules.Kind != SentenceFolderKind.Embedder)
        {
            problems.Warning(ProblemKinds.ConfigUnsupported, settingsFile, $"'default_prompt_name': the prompt '{prompt}' is not put before the texts of a {(modules.Kind == SentenceFolderKind.CrossEncoder ? "cross-encoder" : "sparse encoder")}; do so in the program for the numbers of sentence-transformers");
        }

        return new SentenceFolder(folder, hasModules: true, modules, settings, problems);
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
            _problems.Warning(ProblemKinds.ConfigMissingFile, ModulesFile, $"modules.json is missing, so nothing says how a sentence becomes a vector: the mean over its tokens is taken, not normalised, as sentence-transformers does; Head=\"{HeadReader.Embedding}\" says that this is meant");
            return MeanOfTokens;
        }

        return ReadModules(config);
    }

    /// <summary>The modules of a sentence embedder; else the mean over the tokens, not normalised, which sentence-transformers gives any encoder.</summary>
    /// <exception cref="ImportException">A file that modules.json names is missing or not JSON.</exception>
    public SentenceSpec? ReadEmbedder(ModelConfig config) => _modules is { Kind: SentenceFolderKind.Embedder } ? ReadModules(config) : MeanOfTokens;

    private static SentenceSpec MeanOfTokens => new() { Pooling = new([PoolingMode.Mean]) };

    private SentenceSpec? ReadModules(ModelConfig config)
    {
        if (_modules is not { Kind: SentenceFolderKind.Embedder, Modules: [var first, ..] }) return null;
        (ConfigNode root, string file) = ReadConfig(first);
        SentenceSpec pooling = PoolingReader.Read(root, file, config, _problems);
        return _problems.HasErrors ? null : pooling with
        {
            Modules = ReadFurtherModules(pooling.Pooling.Count * config.Hidden),
            Prompts = _settings.Prompts,
            DefaultPrompt = _settings.DefaultPrompt,
            Similarity = _settings.Similarity ?? Similarity.Cosine,
            TruncateDimension = _settings.TruncateDimension,
        };
    }

    /// <summary>How logits become sparse vectors; null: modules.json does not say.</summary>
    /// <exception cref="ImportException">The pooling's config.json is missing or not JSON.</exception>
    public SparseSpec? ReadSparse()
    {
        if (_modules is not { Kind: SentenceFolderKind.SparseEncoder, Modules: [var pooling, ..] }) return null;
        (ConfigNode root, string file) = ReadConfig(pooling);
        return SpladePoolingReader.Read(root, file, _settings, _problems);
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
        if (stated > 0 && config.Embedding.Positions == 0) return stated;
        return Math.Min(stated > 0 ? stated : ReadModelMaxLength() ?? int.MaxValue, config.Positions);
    }

    private EquatableArray<SentenceModule> ReadFurtherModules(int width)
    {
        var modules = new List<SentenceModule>();
        foreach (ModuleEntry entry in _modules!.Modules.Skip(1))
        {
            SentenceModule? module = entry.Kind switch
            {
                ModuleKind.Normalize => new NormalizeModule(),
                ModuleKind.Dense => ReadDense(entry, ref width),
                ModuleKind.LayerNorm => ReadLayerNorm(entry, width),
                _ => null,
            };
            if (module is null) continue;
            modules.Add(module);
            _moduleFolders.Add(Path.Combine(_folder, entry.Path));
        }

        return new(modules);
    }

    private DenseModule? ReadDense(ModuleEntry entry, ref int width)
    {
        (ConfigNode root, string file) = ReadConfig(entry);
        DenseModule? dense = DenseReader.Read(root, file, width, _problems);
        width = dense?.Outputs ?? width;
        return dense;
    }

    private LayerNormModule? ReadLayerNorm(ModuleEntry entry, int width)
    {
        (ConfigNode root, string file) = ReadConfig(entry);
        return DenseReader.ReadLayerNorm(root, file, width, _problems);
    }

    private (ConfigNode Root, string File) ReadConfig(ModuleEntry entry)
    {
        string file = Path.Combine(_folder, entry.Path, "config.json");
        if (!File.Exists(file)) throw new ImportException(ProblemKinds.ConfigMissingFile, file, $"modules.json names a {entry.Kind} module whose config.json is missing");
        return (JsonDocumentReader.ReadFile(file, ProblemKinds.ConfigMalformed), file);
    }

    private ConfigFields? ReadTransformer()
    {
        string? path = TransformerFiles.Select(name => Path.Combine(TransformerFolder, name)).FirstOrDefault(File.Exists);
        if (!HasModules || path is null) return null;
        return new ConfigFields(JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed), path, _problems);
    }

    /// <summary><c>model_max_length</c>, which older versions called <c>max_len</c>; transformers writes 10³⁰ where there is no limit.</summary>
    private int? ReadModelMaxLength()
    {
        string path = Path.Combine(TransformerFolder, "tokenizer_config.json");
        if (!File.Exists(path)) return null;
        ConfigNode root = JsonDocumentReader.ReadFile(path, ProblemKinds.ConfigMalformed);
        ConfigNode? value = root["model_max_length"] ?? root["max_len"];
        bool stated = value?.Kind == ConfigNodeKind.Number
            & double.TryParse(value?.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number is >= 1 and <= int.MaxValue;
        return stated ? (int)number : null;
    }
}
