using BertCompiler.Core.Emit;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Weights;

namespace BertCompiler.Core.Request;

/// <summary>What a build says → what is to be emitted, or why not.</summary>
public static class RequestReader
{
    /// <summary>Reads and checks the input for one model or tokenizer.</summary>
    public static RequestResult Read(ModelInput input)
    {
        try
        {
            var fields = ManifestFields.Parse(input.Text);
            bool ofTokenizer = fields.Kind == TokenizerManifestText.Kind;
            if (!ofTokenizer && fields.Kind != ManifestText.Kind) throw new FormatException($"'kind': expected '{ManifestText.Kind}' or '{TokenizerManifestText.Kind}', found '{ManifestFields.Shorten(fields.Kind)}'");
            if (ClassNames.Problem(input.ClassName, ofTokenizer) is { } reason)
            {
                return Refuse(input, ProblemKinds.ClassNameInvalid, $"Class=\"{input.ClassName}\": {reason}; write a class name with its namespace, such as Class=\"Shop.MiniLm\"");
            }

            if (ReadPlace(input.Weights) is not { } place)
            {
                return Refuse(input, ProblemKinds.OptionUnknown, $"Weights=\"{input.Weights}\": expected 'File' or 'Embedded'{(ofTokenizer ? "" : ", or a file of weights in the model folder")}");
            }

            return ofTokenizer ? ReadTokenizer(input, fields, place) : ReadModel(input, fields, place);
        }
        catch (FormatException e)
        {
            return Refuse(input, ProblemKinds.ManifestUnreadable, e.Message);
        }
    }

    private static RequestResult ReadModel(ModelInput input, ManifestFields fields, WeightsPlace place)
    {
        if (ReadTaps(input.Taps) is not { } taps)
        {
            return Refuse(input, ProblemKinds.OptionUnknown, $"Taps=\"{input.Taps}\": expected 'hidden', 'attention' or both, separated by a semicolon");
        }

        Manifest manifest = ManifestText.Read(fields);
        long expected = WeightPlanner.Plan(manifest.Spec).End + manifest.TokenizerBytes;
        if (manifest.FileBytes != expected) throw new FormatException($"'file-bytes': expected {expected} for this model, found {manifest.FileBytes}");
        (string space, string name) = Names(input);
        return new RequestResult(new EmitRequest { Namespace = space, ClassName = name, Manifest = manifest, Taps = taps, Weights = place }, null);
    }

    private static RequestResult ReadTokenizer(ModelInput input, ManifestFields fields, WeightsPlace place)
    {
        if (input.Taps.Length > 0) return Refuse(input, ProblemKinds.OptionUnknown, $"Taps=\"{input.Taps}\": a tokenizer has no intermediate results");
        (string space, string name) = Names(input);
        return new RequestResult(new TokenizerRequest { Namespace = space, ClassName = name, Manifest = TokenizerManifestText.Read(fields), Weights = place }, null);
    }

    private static (string Namespace, string ClassName) Names(ModelInput input)
    {
        int dot = input.ClassName.LastIndexOf('.');
        return (dot < 0 ? "" : input.ClassName[..dot], input.ClassName[(dot + 1)..]);
    }

    private static WeightsPlace? ReadPlace(string text) => text.ToUpperInvariant() switch
    {
        "" or "FILE" => WeightsPlace.File,
        "EMBEDDED" => WeightsPlace.Embedded,
        _ => null,
    };

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
