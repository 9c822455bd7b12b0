using System.Reflection;
using BertCompiler.Core.Problems;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>The table of problem kinds is complete, and no id or class stands for two things.</summary>
public sealed class ProblemKindsTest
{
    [Fact]
    public void Every_kind_is_listed_once_in_the_order_of_ids()
    {
        ProblemKind[] declared = [.. typeof(ProblemKinds).GetProperties(BindingFlags.Static | BindingFlags.Public).Where(p => p.PropertyType == typeof(ProblemKind)).Select(p => (ProblemKind)p.GetValue(null)!)];
        Assert.Equal(declared.OrderBy(k => k.Id, StringComparer.Ordinal), ProblemKinds.All);
        Assert.Equal(declared.Length, declared.Select(k => k.Id).Distinct().Count());
        Assert.Equal(declared.Length, declared.Select(k => k.Class).Distinct().Count());
        Assert.All(declared, k => Assert.Matches("^BERT[0-9]{4}$", k.Id));
    }
}
