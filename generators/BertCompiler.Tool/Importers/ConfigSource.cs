using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers;

/// <summary>Where a model's configuration was read.</summary>
/// <param name="Root">What it says.</param>
/// <param name="File">The file.</param>
/// <param name="ActivationField">Name of the field of the activation in it.</param>
internal sealed record ConfigSource(ConfigNode Root, string File, string ActivationField)
{
    /// <summary>The activation that the weights themselves compute, where <see cref="Root"/> says another; null: they agree.</summary>
    public Activation? Overriding { get; init; }

    /// <summary>The class that was asked for, whatever <see cref="Root"/> says; null: nobody asked.</summary>
    public string? Architecture { get; init; }
}
