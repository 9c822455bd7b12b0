using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>
/// Reads rotary positions in the two styles of config.json: <c>rope_parameters</c> (transformers 5), or <c>rope_theta</c> and <c>rope_scaling</c> at the
/// top. Angles that are stretched for long texts are refused: they would be other numbers.
/// </summary>
internal static class RotaryReader
{
    private const string Parameters = "rope_parameters";
    private const string Theta = "rope_theta";
    private const string PartialFactor = "partial_rotary_factor";

    /// <summary>The greatest θ that is taken seriously.</summary>
    private const double MostTheta = 1e12;

    /// <summary>Rotary positions of a family that has one base.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="otherwise">θ where it is not given.</param>
    public static RotarySpec Read(ConfigFields fields, double otherwise)
    {
        RefuseScaling(fields, "rope_scaling");
        RefusePartial(fields, PartialFactor);
        ConfigFields? parameters = fields.Child(Parameters);
        if (parameters is not null) RefuseScaling(parameters);
        double theta = parameters?.Find(Theta) is not null ? ReadTheta(parameters, Theta, otherwise) : ReadTheta(fields, Theta, otherwise);
        return new RotarySpec(theta, RotaryPairing.RotaryHalves, RotatesValues: false, RotaryTable.RoundedSteps);
    }

    /// <summary>θ in a field.</summary>
    public static double ReadTheta(ConfigFields fields, string name, double otherwise) => fields.Find(name) is null ? otherwise : fields.OptionalDouble(name, otherwise, 0, MostTheta);

    /// <summary>Reports a way to stretch angles, in an object of its own.</summary>
    public static void RefuseScaling(ConfigFields fields, string name)
    {
        if (fields.Child(name) is { } scaling) RefuseScaling(scaling);
    }

    /// <summary>Reports a way to stretch angles.</summary>
    public static void RefuseScaling(ConfigFields parameters)
    {
        foreach (string name in new[] { "rope_type", "type" })
        {
            if (parameters.Find(name) is null) continue;
            string type = parameters.OptionalText(name, "default");
            if (type != "default") parameters.Error(ProblemKinds.ConfigUnsupported, parameters.Find(name), $"'{name}': rotary positions of the type '{ConfigReader.Shorten(type)}' are not supported (supported: default)");
        }

        RefusePartial(parameters, PartialFactor);
    }

    /// <summary>Reports a part of a head that is not the whole.</summary>
    public static void RefusePartial(ConfigFields fields, string name)
    {
        const double whole = 1;
        if (fields.Find(name) is { } node && Math.Abs(fields.OptionalDouble(name, whole, 0, double.MaxValue) - whole) > 0) fields.Error(ProblemKinds.ConfigUnsupported, node, $"'{name}': heads of which only a part is rotated are not supported (supported: {whole})");
    }
}
