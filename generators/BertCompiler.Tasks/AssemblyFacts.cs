using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tasks;

/// <summary>What an assembly's file says of itself; it is read, not loaded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="GeneratedBy">The version of the compiler that wrote code in it; null: none did.</param>
internal sealed record AssemblyFacts(string Name, Version Version, string? GeneratedBy)
{
    /// <summary>Reads a file; null: it is no assembly, which the C# compiler will say.</summary>
    public static AssemblyFacts? Read(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata) return null;
            MetadataReader metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) return null;
            AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
            return new AssemblyFacts(metadata.GetString(assembly.Name), assembly.Version, GeneratorOf(metadata));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    private static string? GeneratorOf(MetadataReader metadata)
    {
        bool usesRuntime = metadata.AssemblyReferences.Any(r => metadata.StringComparer.Equals(metadata.GetAssemblyReference(r).Name, RuntimeHandshake.RuntimeAssembly));
        if (!usesRuntime) return null;
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (!IsMetadata(metadata, attribute.Constructor)) continue;

            // ECMA-335 II.23.3: two bytes in front, then the constructor's arguments; here two strings.
            BlobReader value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            if (value.ReadSerializedString() == RuntimeHandshake.MetadataKey) return value.ReadSerializedString();
        }

        return null;
    }

    private static bool IsMetadata(MetadataReader metadata, EntityHandle constructor) =>
        constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
        && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, "AssemblyMetadataAttribute");
}
