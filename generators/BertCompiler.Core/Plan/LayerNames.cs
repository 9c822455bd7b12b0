using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>What the methods of several kinds of layers are called.</summary>
internal static class LayerNames
{
    /// <summary>One name a kind: <c>EncoderLayer</c>, or what sets the kind apart.</summary>
    public static IReadOnlyList<string> Of(LayerSchedule stack)
    {
        var names = new List<string>();
        for (int kind = 0; kind < stack.Kinds.Count; kind++)
        {
            string name = Name(stack, kind);
            names.Add(names.Contains(name) ? FormattableString.Invariant($"{name}{kind + 1}") : name);
        }

        return names;
    }

    private static string Name(LayerSchedule stack, int kind)
    {
        if (stack.Kinds.Count == 1) return "EncoderLayer";
        if (stack.Uses[0].Kind == kind && stack.Uses.Count(u => u.Kind == kind) == 1) return "FirstEncoderLayer";
        if (stack.Kinds[kind].Window is not null) return "LocalLayer";
        return stack.Kinds.Any(k => k.Window is not null) ? "GlobalLayer" : "EncoderLayer";
    }
}
