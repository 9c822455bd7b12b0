using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Json;
using BertCompiler.Tool.Importers.Tensors;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// A model folder, read and checked up to the numbers themselves: configuration, tokenizer, and the checkpoint's tensors held against the
/// plan. What is wrong is in <see cref="Problems"/>.
/// </summary>
internal sealed class OpenedModel : IDisposable
{
    private readonly List<string> _notes = [];

    private OpenedModel()
    {
    }

    /// <summary>What is wrong so far.</summary>
    public ProblemList Problems { get; } = new();

    /// <summary>What a person may like to know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The weights; null where they could not be opened.</summary>
    public ICheckpoint? Checkpoint { get; private set; }

    /// <summary>The model; null where the configuration or the weights could not be read.</summary>
    public ModelSpec? Spec { get; private set; }

    /// <summary>The packed layout; null as <see cref="Spec"/>.</summary>
    public PackingPlan? Plan { get; private set; }

    /// <summary>Which checkpoint tensors go where; complete if there are no errors. null as <see cref="Spec"/>.</summary>
    public TensorBindings? Bindings { get; private set; }

    /// <summary>The tokenizer section of the packed file; empty where the model has no tokenizer.</summary>
    public ReadOnlyMemory<byte> TokenizerSection { get; private set; }

    /// <summary>The folder of configuration, weights and tokenizer: the model folder, or that of its transformer module.</summary>
    public string TransformerFolder { get; private set; } = "";

    /// <summary>Folders of the modules that modules.json names, relative to the model folder.</summary>
    public IReadOnlyList<string> ModulePaths { get; private set; } = [];

    /// <summary>The configuration as it was read; null as <see cref="Spec"/>.</summary>
    public ConfigSource? Configuration { get; private set; }

    /// <summary>Whether everything is sound.</summary>
    public bool IsSound => Spec is not null && !Problems.HasErrors;

    /// <summary>Reads a folder. Never throws for what the folder holds.</summary>
    public static OpenedModel Open(string folder, ImportOptions options)
    {
        var model = new OpenedModel();
        ImportGuard.Run(folder, model.Problems, () => model.Read(folder, options));
        return model;
    }

    /// <inheritdoc/>
    public void Dispose() => Checkpoint?.Dispose();

    private void Read(string folder, ImportOptions options)
    {
        SentenceFolder sentence = SentenceFolder.Read(folder, Problems);
        string source = sentence.TransformerFolder;
        (TransformerFolder, ModulePaths) = (source, [.. sentence.ModulePaths]);
        var context = new CheckpointContext(Problems, options.Cancellation) { ReadsNumbers = options.ReadsNumbers, Progress = options.Opening };
        (ConfigNode root, string configFile) = ReadConfig(folder, source, options, context);
        if (ConfigReader.Read(root, configFile, options.Head, sentence.IsEncoderOnly, Problems) is not { } config) return;
        if (options.Head is null && !FitsModules(ref config, sentence, configFile)) return;
        TokenizerDescription? tokenizer = ReadTokenizer(source, config, sentence.ReadLowersTexts());
        SentenceSpec? sentenceSpec = ReadSentence(sentence, config, configFile, tokenizer is not null, options.Head);
        SparseSpec? sparse = sentence.ReadSparse();
        Activation? rerank = config.Rule.Head != HeadKind.SequenceClassification ? null : sentence.RerankFunction ?? RerankFunctionReader.Read(root, configFile, Problems);
        int maxTokens = sentence.ReadMaxTokens(config);
        Configuration = new ConfigSource(root, configFile, config.Family.Config.Activation) { Architecture = options.Head is null ? null : config.Rule.Architecture };
        Checkpoint ??= CheckpointOpener.Open(source, options.Weights, context, _notes);
        config = Believe(Checkpoint, config, configFile);
        config = config with { Family = NamesIn(Checkpoint, config.Family) };
        var names = new TensorNames(Checkpoint, config.Family, config.Layers.SetsInGroup);
        ModelSpec spec = SpecBuilder.Build(NameOf(folder), config, names.HasEncoderTensor, sentenceSpec, tokenizer is null ? null : TokenizerSpecs.Of(tokenizer), maxTokens, rerank, sparse);
        Bind(spec, config, names, configFile, source, sentence.ModuleFolders, context, options);
    }

    /// <summary>config.json; else what the weights themselves say, which opens them.</summary>
    private (ConfigNode Root, string File) ReadConfig(string folder, string source, ImportOptions options, CheckpointContext context)
    {
        string file = Path.Combine(source, "config.json");
        if (File.Exists(file)) return (JsonDocumentReader.ReadFile(file, ProblemKinds.ConfigMalformed), file);
        if (options.Weights is not null || CheckpointOpener.HasWeights(source))
        {
            Checkpoint = CheckpointOpener.Open(source, options.Weights, context, _notes);
            if (Checkpoint is { Facts.Config: { } config, Tensors: [var first, ..] }) return (config, Checkpoint.Facts.ConfigFile ?? first.File);
        }

        throw new ImportException(ProblemKinds.ConfigMissingFile, file, Directory.Exists(folder) ? "config.json is missing: a model folder needs it" : "config.json is missing: there is no such folder");
    }

    /// <summary>Where the weights say themselves what they compute, they count.</summary>
    private ModelConfig Believe(ICheckpoint checkpoint, ModelConfig config, string configFile)
    {
        WarnOfContradictions(checkpoint, config, configFile);
        if (checkpoint.Facts.Activation is not { } activation || activation == config.Activation) return config;
        string file = checkpoint.Tensors is [var first, ..] ? first.File : configFile;
        Problems.Warning(ProblemKinds.WeightsOverrideConfig, file, $"{Path.GetFileName(file)} computes {activation}, and {Path.GetFileName(configFile)} says {config.Activation}: the weights' own counts");
        Configuration = Configuration! with { Overriding = activation };
        return config.WithActivation(activation);
    }

    /// <summary>Heads and epsilon are in no tensor's shape: where a graph has others than config.json, one of the two is another model's.</summary>
    private void WarnOfContradictions(ICheckpoint checkpoint, ModelConfig config, string configFile)
    {
        const double closeness = 1e-5; // a graph holds fp32
        foreach ((string field, double configured) in new[] { (config.Family.Config.Heads, config.Heads), (config.Family.Config.Epsilon, config.Epsilon) })
        {
            string? text = checkpoint.Facts.Config?[field]?.Text;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double own) || Math.Abs(own - configured) <= closeness * configured) continue;
            string file = checkpoint.Tensors is [var first, ..] ? first.File : configFile;
            Problems.Warning(ProblemKinds.WeightsOverrideConfig, file, $"{Path.GetFileName(file)} says that '{field}' is {text}, and with {Path.GetFileName(configFile)} it is {configured.ToString(CultureInfo.InvariantCulture)}, which counts: one of the two belongs to another model");
        }
    }

    /// <summary>How texts become vectors: as the modules say, unless a class is asked for, which gives its own results.</summary>
    private SentenceSpec? ReadSentence(SentenceFolder sentence, ModelConfig config, string configFile, bool hasTokenizer, string? head)
    {
        if (head is null) return sentence.ReadSpec(config, hasTokenizer);
        if (!HeadReader.IsEmbedding(head)) return null;
        if (hasTokenizer) return sentence.ReadEmbedder(config);
        if (!Problems.HasErrors) Problems.Error(ProblemKinds.HeadWithoutTokenizer, configFile, "a sentence embedder is asked for, and the folder has no tokenizer beside its config.json");
        return null;
    }

    private TokenizerDescription? ReadTokenizer(string folder, ModelConfig config, bool lowersTexts)
    {
        TokenizerReading reading = TokenizerReader.Read(folder, config.Vocabulary);
        foreach (Problem problem in reading.Problems) Problems.Add(problem);
        if (reading.Tokenizer is not { } tokenizer) return null;

        if (lowersTexts) tokenizer = tokenizer.Lowered();
        TokenizerSection = TokenizerImporter.ToSection(tokenizer, folder);
        return tokenizer;
    }

    /// <summary>The class that the modules ask for: a sparse encoder takes the masked language model, a cross-encoder must be a classifier.</summary>
    private bool FitsModules(ref ModelConfig config, SentenceFolder sentence, string configFile)
    {
        HeadKind? head = sentence.IsSparseEncoder ? HeadKind.MaskedLanguageModel : sentence.IsCrossEncoder ? HeadKind.SequenceClassification : null;
        if (head is null || config.Rule.Head == head) return true;
        ArchitectureRule? rule = sentence.IsSparseEncoder ? config.Family.Architectures.FirstOrDefault(a => a.Head == head) : null;
        if (rule is not null) config = config with { Rule = rule };
        else Problems.Error(ProblemKinds.ConfigInconsistent, configFile, $"modules.json asks for a {head} head, and 'architectures' names {config.Rule.Architecture}");
        return rule is not null;
    }

    private void Bind(ModelSpec spec, ModelConfig config, TensorNames names, string configFile, string folder, IReadOnlyList<string> moduleFolders, CheckpointContext context, ImportOptions options)
    {
        PackingPlan plan = WeightPlanner.Plan(spec, config.Family, config.Rule, new PackingOptions { Precision = options.Precision });
        string weightsFile = Checkpoint!.Tensors is [var first, ..] ? first.File : folder;
        TensorBindings bindings = new TensorResolver(config, spec, names, configFile, weightsFile, Problems) { Asked = options.Head }.Resolve(plan);
        var modules = new List<ICheckpoint> { Checkpoint };
        HashSet<string> used = [.. bindings.All.Select(t => t.Name)];
        string? note = new UnusedTensors(config, spec, names, configFile, Problems).Report(Checkpoint.Tensors.Where(t => !used.Contains(t.Name)));
        if (note is not null) _notes.Add(note);
        try
        {
            new ModuleResolver(moduleFolders, context, _notes).Resolve(plan, bindings, modules);
        }
        finally
        {
            if (modules.Count > 1) Checkpoint = new CheckpointSet(modules);
        }

        (Spec, Plan, Bindings) = (spec, plan, bindings);
    }

    /// <summary>The family under the names that this file has.</summary>
    private static Family NamesIn(ICheckpoint checkpoint, Family family) =>
        family.OtherNames.Prepend(family).FirstOrDefault(names => new TensorNames(checkpoint, names).HasEncoderTensor(names.AttentionOutput.Replace("{layer}", "0", StringComparison.Ordinal) + ".weight")) ?? family;

    /// <summary>The last part of the folder's path.</summary>
    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
