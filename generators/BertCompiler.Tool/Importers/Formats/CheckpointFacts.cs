using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers.Formats;

/// <summary>What a checkpoint says about its model beside the tensors.</summary>
internal sealed record CheckpointFacts
{
    /// <summary>Nothing.</summary>
    public static CheckpointFacts None { get; } = new();

    /// <summary>The configuration as config.json would say it, for folders without one; null: the checkpoint does not hold it.</summary>
    public ConfigNode? Config { get; init; }

    /// <summary>The file that <see cref="Config"/> was read from, where its places are; null: the weights themselves.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The feed-forward activation that the checkpoint computes, where it says so; it counts against config.json.</summary>
    public Activation? Activation { get; init; }
}
