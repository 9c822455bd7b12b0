using BertCompiler.Core.Emit.Tokenizers;
using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>Plan → C#: which files a model or a tokenizer becomes. Each file's text has a writer of its own.</summary>
public static class CSharpEmitter
{
    /// <summary>The files of a class, in reading order.</summary>
    public static EquatableArray<SourceFile> Emit(SourceRequest request) => request switch
    {
        EmitRequest model => Emit(model),
        TokenizerRequest tokenizer => new([TokenizerClassEmitter.File(tokenizer), PipelineEmitter.File(tokenizer)]),
        _ => throw new ArgumentException($"no files for {request.GetType().Name}", nameof(request)),
    };

    private static EquatableArray<SourceFile> Emit(EmitRequest request)
    {
        var context = new EmitContext(request, ForwardPlanner.Plan(request.Manifest.Spec, request.Manifest.Weights, request.Taps, request.Optimizations));
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
        if (context.Spec.Tokenizer is not null) files.Add(PipelineEmitter.File(request));
        files.Add(context.File(".Weights", WeightsEmitter.Write));
        return new(files);
    }
}
