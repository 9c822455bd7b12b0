using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>Plan → C#: which files a model becomes. Each file's text has a writer of its own.</summary>
public static class CSharpEmitter
{
    /// <summary>The files of a model, in reading order.</summary>
    public static EquatableArray<SourceFile> Emit(EmitRequest request)
    {
        var context = new EmitContext(request, ForwardPlanner.Plan(request.Manifest.Spec, request.Taps, request.Optimizations));
        var files = new List<SourceFile>
        {
            context.File("", ClassEmitter.Write),
            context.File(".Forward", ForwardEmitter.Write),
            context.File(".Embeddings", EmbeddingsEmitter.Write),
            context.File(".EncoderLayer", EncoderLayerEmitter.Write),
        };
        if (context.Plan.Heads.Count > 0) files.Add(context.File(".Head", HeadEmitter.Write));
        if (context.Spec.Head.Labels.Count > 0) files.Add(context.File(".Labels", LabelsEmitter.Write));
        if (context.Plan.Sentence is not null) files.Add(context.File(".Sentence", SentenceEmitter.Write));
        files.Add(context.File(".Weights", WeightsEmitter.Write));
        return new(files);
    }
}
