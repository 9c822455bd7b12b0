using System.Reflection;
using BertCompiler.Core;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Request;
using BertCompiler.Core.Weights;
using BertCompiler.Compiler.Tests.Emitting;

namespace BertCompiler.Compiler.Tests.Architecture;

/// <summary>The law of the records that the generator caches: immutable, structurally equal, no Roslyn types within.</summary>
public sealed class SpecLawTests
{
    private static readonly Type[] _cached = [typeof(ModelInput), typeof(RequestResult), typeof(EmitRequest), typeof(TokenizerRequest), typeof(SourceFile), typeof(ExecutionPlan)];

    [Fact]
    public void Everything_reachable_is_immutable_and_structurally_equal()
    {
        foreach (Type type in Reachable(_cached))
        {
            Assert.True(IsValue(type) || IsRecord(type) || IsEquatableArray(type), $"{type} is neither a value, a record nor an EquatableArray");
            if (!IsRecord(type)) continue;
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                bool readOnly = property.SetMethod is not { } set || set.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");
                Assert.True(readOnly, $"{type.Name}.{property.Name} can be changed after construction");
            }
        }
    }

    [Fact]
    public void Nothing_reachable_comes_from_Roslyn() =>
        Assert.All(Reachable(_cached), type => Assert.DoesNotContain("CodeAnalysis", type.FullName!, StringComparison.Ordinal));

    [Fact]
    public void Equal_inputs_give_equal_specs_and_a_changed_size_does_not()
    {
        string text = ManifestText.Write(SampleManifests.MiniLm);
        Manifest a = ManifestText.Read(text);
        Manifest b = ManifestText.Read(text);
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(SampleManifests.MiniLm, a);
        Manifest wider = a with { Spec = a.Spec with { Hidden = 768 } };
        Assert.NotEqual(a, wider);
    }

    [Theory]
    [InlineData("Classifier")]
    [InlineData("PreTraining")]
    [InlineData("MPNet")]
    [InlineData("Electra")]
    [InlineData("Albert")]
    [InlineData("DebertaV2")]
    [InlineData("TwoPoolings")]
    [InlineData("AllModules")]
    public void A_manifest_survives_its_text(string model)
    {
        Manifest manifest = EmittedCodeTests.RequestFor(model).Manifest;
        Assert.Equal(manifest, ManifestText.Read(ManifestText.Write(manifest)));
    }

    [Fact]
    public void Core_and_generator_do_not_reference_the_runtime_and_the_runtime_not_them()
    {
        Assert.DoesNotContain(References(typeof(CSharpEmitter)), name => name.StartsWith("BertCompiler.Runtime", StringComparison.Ordinal) || name.Contains("CodeAnalysis", StringComparison.Ordinal));
        Assert.DoesNotContain(References(typeof(BertCompiler.Generator.BertModelGenerator)), name => name.StartsWith("BertCompiler.Runtime", StringComparison.Ordinal));
        Assert.All(References(typeof(EncoderModel)), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.DoesNotContain(References(typeof(EncoderModel)), name => name.Contains("Json", StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static HashSet<Type> Reachable(IEnumerable<Type> roots)
    {
        var seen = new HashSet<Type>();
        var queue = new Queue<Type>(roots);
        while (queue.TryDequeue(out Type? type))
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (!seen.Add(type) || IsValue(type)) continue;
            if (IsEquatableArray(type)) queue.Enqueue(type.GetGenericArguments()[0]);
            else
            {
                foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)) queue.Enqueue(property.PropertyType);
                foreach (Type derived in type.Assembly.GetTypes().Where(t => t.BaseType == type)) queue.Enqueue(derived);
            }
        }

        return seen;
    }

    private static bool IsValue(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsEquatableArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>);
}
