using BertCompiler.Core.Emit;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Weights;

namespace BertCompiler.Core.Request;

/// <summary>What a build says → what is to be emitted, or why not.</summary>
public static class RequestReader
{
    /// <summary>Reads and checks one model's input.</summary>
    public static RequestResult Read(ModelInput input)
    {
        if (ClassNames.Problem(input.ClassName) is { } reason)
        {
            return Refuse(input, ProblemKinds.ClassNameInvalid, $"Class=\"{input.ClassName}\": {reason}; write a class name with its namespace, such as Class=\"Shop.MiniLm\"");
        }

        if (ReadTaps(input.Taps) is not { } taps)
        {
            return Refuse(input, ProblemKinds.OptionUnknown, $"Taps=\"{input.Taps}\": expected 'hidden', 'attention' or both, separated by a semicolon");
        }

        WeightsPlace? place = input.Weights.ToUpperInvariant() switch
        {
            "" or "FILE" => WeightsPlace.File,
            "EMBEDDED" => WeightsPlace.Embedded,
            _ => null,
        };
        if (place is null) return Refuse(input, ProblemKinds.OptionUnknown, $"Weights=\"{input.Weights}\": expected 'File' or 'Embedded', or a file of weights in the model folder");

        try
        {
            Manifest manifest = ManifestText.Read(input.Text);
            long expected = WeightPlanner.Plan(manifest.Spec).End + manifest.TokenizerBytes;
            if (manifest.FileBytes != expected) throw new FormatException($"'file-bytes': expected {expected} for this model, found {manifest.FileBytes}");
            return new RequestResult(Request(input, manifest, taps, place.Value), null);
        }
        catch (FormatException e)
        {
            return Refuse(input, ProblemKinds.ManifestUnreadable, e.Message);
        }
    }

    private static EmitRequest Request(ModelInput input, Manifest manifest, Taps taps, WeightsPlace place)
    {
        int dot = input.ClassName.LastIndexOf('.');
        return new EmitRequest
        {
            Namespace = dot < 0 ? "" : input.ClassName[..dot],
            ClassName = input.ClassName[(dot + 1)..],
            Manifest = manifest,
            Taps = taps,
            Weights = place,
        };
    }

    private static Taps? ReadTaps(string text)
    {
        var taps = Taps.None;
        foreach (string word in text.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals("hidden", StringComparison.OrdinalIgnoreCase)) taps |= Taps.Hidden;
            else if (word.Equals("attention", StringComparison.OrdinalIgnoreCase)) taps |= Taps.Attention;
            else return null;
        }

        return taps;
    }

    private static RequestResult Refuse(ModelInput input, ProblemKind kind, string message) => new(null, new Problem(kind, Severity.Error, input.File, 0, 0, message));
}
