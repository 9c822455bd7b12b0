using System.Text;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>A config.json given as text.</summary>
internal static class ConfigText
{
    public static ModelConfig? Read(string json, out IReadOnlyList<Problem> problems)
    {
        var list = new ProblemList();
        ConfigNode root = JsonDocumentReader.Parse(Encoding.UTF8.GetBytes(json), new JsonSource("config.json", ProblemKinds.ConfigMalformed));
        ModelConfig? config = ConfigReader.Read(root, "config.json", head: null, encoderOnly: false, list);
        problems = list.Items;
        return config;
    }

    /// <summary>It is refused with one problem of that class, which has that word.</summary>
    public static void HasFault(string json, string problemClass, string word)
    {
        Assert.Null(Read(json, out IReadOnlyList<Problem> problems));
        Problem problem = Assert.Single(problems);
        Assert.Equal(problemClass, problem.Kind.Class);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }
}
