using System.ComponentModel;
using System.Reflection;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests;

/// <summary>
/// What people see in a completion list: the types of <c>BrowsableTypes.txt</c>, and none of their members that need another type. All else
/// that is public is for generated code, and marked so.
/// </summary>
public sealed class BrowsableTest
{
    private static readonly Assembly _runtime = typeof(EncoderModel).Assembly;

    /// <summary>A new public type is added to the list, or marked <c>EditorBrowsable(Never)</c>.</summary>
    [Fact]
    public void Public_types_are_those_of_the_list()
    {
        string[] listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "BrowsableTypes.txt"));
        string[] browsable = [.. _runtime.GetExportedTypes().Where(t => !IsHidden(t)).Select(t => t.ToString()).Order(StringComparer.Ordinal)];
        Assert.Equal(listed, browsable);
    }

    [Fact]
    public void What_needs_a_hidden_type_is_hidden()
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string[] shown =
        [
            .. from type in _runtime.GetExportedTypes()
               where !IsHidden(type)
               from member in type.GetMembers(Flags)
               where IsForOthers(member) && !IsHidden(member) && Types(member).SelectMany(Parts).Any(IsHidden)
               select $"{type.Name}.{member.Name}",
        ];
        Assert.Equal([], shown);
    }

    [Fact]
    public void Marks_are_seen()
    {
        Assert.True(IsHidden(typeof(TokenizerTables)));
        Assert.True(IsHidden(typeof(ModelFacts).GetProperty(nameof(ModelFacts.Pipeline))!));
        Assert.False(IsHidden(typeof(EncoderModel)));
    }

    internal static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never } || member.DeclaringType is { } outer && IsHidden(outer);

    private static bool IsForOthers(MemberInfo member) => member switch
    {
        MethodBase method => !(method.IsSpecialName && method is MethodInfo) && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => a.IsPublic || a.IsFamily || a.IsFamilyOrAssembly),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    };

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType)],
        MethodBase constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];
}
