using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>The lines of a manifest that say how texts become dense or sparse vectors.</summary>
internal static class SentenceLines
{
    private const string ModuleKey = "module";

    public static void Write(SentenceSpec sentence, ManifestWriter lines)
    {
        lines.Structured("pooling", string.Join(",", sentence.Pooling));
        lines.Flag("include-prompt", sentence.IncludePrompt);
        foreach (SentenceModule module in sentence.Modules) lines.Structured(ModuleKey, Text(module));
        foreach (PromptSpec prompt in sentence.Prompts)
        {
            lines.Text("prompt", prompt.Name);
            lines.Text("prompt-text", prompt.Text);
        }

        if (sentence.DefaultPrompt is { } name) lines.Text("default-prompt", name);
        lines.Choice("similarity", sentence.Similarity);
        if (sentence.TruncateDimension > 0) lines.Number("truncate-dimension", sentence.TruncateDimension);
    }

    public static SentenceSpec? Read(ManifestFields fields) => !fields.Has("pooling") ? null : new SentenceSpec
    {
        Pooling = new(fields.Enums<PoolingMode>("pooling")),
        IncludePrompt = fields.Bool("include-prompt"),
        Modules = new(fields.All(ModuleKey).Select(Module)),
        Prompts = ReadPrompts(fields),
        DefaultPrompt = fields.Has("default-prompt") ? fields.Text("default-prompt") : null,
        Similarity = fields.Enum<Similarity>("similarity"),
        TruncateDimension = fields.IntOrZero("truncate-dimension"),
    };

    public static void Write(SparseSpec sparse, ManifestWriter lines)
    {
        lines.Choice("sparse-pooling", sparse.Pooling);
        lines.Choice("sparse-activation", sparse.Activation);
        lines.Number("sparse-max-active", sparse.MaxActiveDimensions);
        lines.Choice("sparse-similarity", sparse.Similarity);
    }

    public static SparseSpec? ReadSparse(ManifestFields fields) => !fields.Has("sparse-pooling") ? null : new SparseSpec(
        fields.Enum<SparsePooling>("sparse-pooling"),
        fields.Enum<SparseActivation>("sparse-activation"),
        fields.Int("sparse-max-active", 0, int.MaxValue),
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
            _ => throw new FormatException($"'{ModuleKey}': '{ManifestFields.Shorten(text)}' is not a module"),
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
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is > 0 and <= ConfigLimits.Dimension
            ? value
            : throw new FormatException($"'{ModuleKey}': expected a number from 1 to {ConfigLimits.Dimension}, found '{ManifestFields.Shorten(text)}'");
}
