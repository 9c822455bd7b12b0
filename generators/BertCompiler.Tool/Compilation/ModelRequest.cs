using BertCompiler.Core.Emit;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Weights;

namespace BertCompiler.Tool.Compilation;

/// <summary>The class that the tool compiles for itself.</summary>
internal static class ModelRequest
{
    /// <summary>Namespace of classes that only the tool uses.</summary>
    public const string Namespace = "BertCompiler.InMemory";

    /// <summary>Name of the class.</summary>
    public const string ClassName = "CompiledModel";

    /// <summary>The request for a model that a command is going to run.</summary>
    public static EmitRequest For(Manifest manifest, Taps taps) => new()
    {
        Namespace = Namespace,
        ClassName = ClassName,
        Manifest = manifest,
        Taps = taps,
        Weights = WeightsPlace.File,
    };

    /// <summary>The request for a tokenizer that a command is going to run.</summary>
    public static TokenizerRequest For(TokenizerManifest manifest) => new()
    {
        Namespace = Namespace,
        ClassName = ClassName,
        Manifest = manifest,
        Weights = WeightsPlace.File,
    };
}
