using System.Globalization;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>The lines of a manifest that say how texts become dense or sparse vectors.</summary>
internal static class SentenceLines
{
    private const string ModuleKey = "module";

    public static void Write(SentenceSpec sentence, Action<string, string> line)
    {
        line("pooling", string.Join(",", sentence.Pooling));
        line("include-prompt", sentence.IncludePrompt ? "true" : "false");
        foreach (SentenceModule module in sentence.Modules) line(ModuleKey, Text(module));
        foreach (PromptSpec prompt in sentence.Prompts)
        {
            line("prompt", ManifestFields.Escape(prompt.Name));
            line("prompt-text", ManifestFields.Escape(prompt.Text));
        }

        if (sentence.DefaultPrompt is { } name) line("default-prompt", ManifestFields.Escape(name));
        line("similarity", sentence.Similarity.ToString());
        if (sentence.TruncateDimension > 0) line("truncate-dimension", Number(sentence.TruncateDimension));
    }

    public static SentenceSpec? Read(ManifestFields fields) => !fields.Has("pooling") ? null : new SentenceSpec
    {
        Pooling = new(fields.Enums<PoolingMode>("pooling")),
        IncludePrompt = fields.Bool("include-prompt"),
        Modules = new(fields.All(ModuleKey).Select(Module)),
        Prompts = ReadPrompts(fields),
        DefaultPrompt = fields.Has("default-prompt") ? fields.Text("default-prompt") : null,
        Similarity = fields.Enum<Similarity>("similarity"),
        TruncateDimension = fields.Has("truncate-dimension") ? fields.Int("truncate-dimension") : 0,
    };

    public static void Write(SparseSpec sparse, Action<string, string> line)
    {
        line("sparse-pooling", sparse.Pooling.ToString());
        line("sparse-activation", sparse.Activation.ToString());
        line("sparse-max-active", Number(sparse.MaxActiveDimensions));
        line("sparse-similarity", sparse.Similarity.ToString());
    }

    public static SparseSpec? ReadSparse(ManifestFields fields) => !fields.Has("sparse-pooling") ? null : new SparseSpec(
        fields.Enum<SparsePooling>("sparse-pooling"),
        fields.Enum<SparseActivation>("sparse-activation"),
        fields.Int("sparse-max-active"),
        fields.Enum<Similarity>("sparse-similarity"));

    private static string Text(SentenceModule module) => module switch
    {
        DenseModule d => string.Join(" ", "dense", Number(d.Inputs), Number(d.Outputs), d.HasBias ? "bias" : "no-bias", d.Activation, d.Residual),
        LayerNormModule n => "layer-norm " + Number(n.Width),
        _ => "normalize",
    };

    private static SentenceModule Module(string text)
    {
        string[] parts = text.Split(' ');
        return parts switch
        {
            ["normalize"] => new NormalizeModule(),
            ["layer-norm", var width] => new LayerNormModule(Number(width)),
            ["dense", var inputs, var outputs, "bias" or "no-bias", var activation, var residual] => new DenseModule(
                Number(inputs), Number(outputs), parts[3] == "bias", ManifestFields.ParseEnum<Activation>(ModuleKey, activation), ManifestFields.ParseEnum<DenseResidual>(ModuleKey, residual)),
            _ => throw new FormatException($"'{ModuleKey}': '{text}' is no module"),
        };
    }

    private static EquatableArray<PromptSpec> ReadPrompts(ManifestFields fields)
    {
        string[] names = [.. fields.All("prompt")];
        string[] texts = [.. fields.All("prompt-text")];
        if (names.Length != texts.Length) throw new FormatException($"{names.Length} lines 'prompt' and {texts.Length} lines 'prompt-text'");
        return new(names.Select((name, i) => new PromptSpec(name, texts[i])));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : throw new FormatException($"'{ModuleKey}': expected a number of at least 1, found '{text}'");
}
