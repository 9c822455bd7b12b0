using BertCompiler.Core.Emit;
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

            if (ItemWords.Place(input.Weights) is not { } place)
            {
                return Refuse(input, ProblemKinds.OptionUnknown, $"Weights=\"{input.Weights}\": expected {ItemWords.PlaceWords}{(ofTokenizer ? "" : ", or a file of weights in the model folder")}");
            }

            if (ItemWords.Access(input.Access) is not { } access)
            {
                return Refuse(input, ProblemKinds.OptionUnknown, $"Access=\"{input.Access}\": expected {ItemWords.AccessWords}");
            }

            return ofTokenizer ? ReadTokenizer(input, fields, place, access) : ReadModel(input, fields, place, access);
        }
        catch (FormatException e)
        {
            // About the manifest itself, not about what the project says: the one problem that points below obj.
            return new RequestResult(null, new Problem(ProblemKinds.ManifestUnreadable, Severity.Error, input.File, 0, 0, e.Message));
        }
    }

    private static RequestResult ReadModel(ModelInput input, ManifestFields fields, WeightsPlace place, ClassAccess access)
    {
        if (ItemWords.Taps(input.Taps) is not { } taps)
        {
            return Refuse(input, ProblemKinds.OptionUnknown, $"Taps=\"{input.Taps}\": expected {ItemWords.TapsWords}");
        }

        Manifest manifest = ManifestText.Read(fields);
        (string space, string name) = Names(input);
        Problem? warning = manifest.Spec is not { Sentence: not null, Tokenizer: null } ? null :
            Tell(input, ProblemKinds.TextNotTaken, Severity.Warning, "the folder has no tokenizer (tokenizer.json, vocab.txt, vocab.json with merges.txt, or a SentencePiece model), so the class takes token ids and no text: copy the tokenizer's files from where the model came");
        return new RequestResult(new EmitRequest { Namespace = space, ClassName = name, Access = access, Manifest = manifest, Taps = taps, Weights = place }, warning);
    }

    private static RequestResult ReadTokenizer(ModelInput input, ManifestFields fields, WeightsPlace place, ClassAccess access)
    {
        if (input.Taps.Length > 0) return Refuse(input, ProblemKinds.OptionUnknown, $"Taps=\"{input.Taps}\": a tokenizer has no intermediate results");
        (string space, string name) = Names(input);
        return new RequestResult(new TokenizerRequest { Namespace = space, ClassName = name, Access = access, Manifest = TokenizerManifestText.Read(fields), Weights = place }, null);
    }

    private static (string Namespace, string ClassName) Names(ModelInput input)
    {
        int dot = input.ClassName.LastIndexOf('.');
        return (dot < 0 ? "" : input.ClassName[..dot], input.ClassName[(dot + 1)..]);
    }

    private static RequestResult Refuse(ModelInput input, ProblemKind kind, string message) => new(null, Tell(input, kind, Severity.Error, message));

    /// <summary>A problem of the item: told where its author wrote it.</summary>
    private static Problem Tell(ModelInput input, ProblemKind kind, Severity severity, string message)
    {
        string text = input.Item.Length == 0 ? message : $"{input.Item}: {message}";
        return new(kind, severity, input.Project.Length == 0 ? input.File : input.Project, input.ProjectLine, 0, text);
    }
}
