namespace BertCompiler.Core.Spec;

/// <summary>A step behind the pooling, on one vector a text.</summary>
public abstract record SentenceModule;
