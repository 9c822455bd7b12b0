using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BertCompiler.Tasks;

/// <summary>
/// The packed files that libraries of packages hold as resources, as files, so that they are linked into a NativeAOT executable like those of
/// referenced projects. Their code asks for the linked ones as soon as the executable has any.
/// </summary>
public sealed class BertFindEmbedded : Microsoft.Build.Utilities.Task
{
    private const string Ending = ".bertw";

    /// <summary>The libraries.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>Where the files go: ASSEMBLY/CLASS.bertw. A file that is right stays as it is.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The files, with the metadata BertClass and Assembly.</summary>
    [Output]
    public ITaskItem[] Weights { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Weights = [.. Assemblies.Select(a => a.ItemSpec).Where(p => p.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).SelectMany(Find)];
        return true;
    }

    private List<ITaskItem> Find(string path)
    {
        var found = new List<ITaskItem>();
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var file = new PEReader(stream, PEStreamOptions.LeaveOpen);
            if (!file.HasMetadata || !file.PEHeaders.TryGetDirectoryOffset(file.PEHeaders.CorHeader!.ResourcesDirectory, out int resources)) return found;
            MetadataReader metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) return found;
            string assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            foreach (ManifestResource resource in metadata.ManifestResources.Select(metadata.GetManifestResource))
            {
                string name = metadata.GetString(resource.Name);
                if (!resource.Implementation.IsNil || !name.EndsWith(Ending, StringComparison.Ordinal) || name != Path.GetFileName(name)) continue;
                string target = Path.Combine(Folder, assembly, name);
                Extract(stream, resources + resource.Offset, target);
                var item = new TaskItem(ItemWriter.Escape(target));
                item.SetMetadata("BertClass", ItemWriter.Escape(name.Substring(0, name.Length - Ending.Length)));
                item.SetMetadata("Assembly", ItemWriter.Escape(assembly));
                found.Add(item);
            }
        }
        catch (Exception e) when (e is BadImageFormatException or EndOfStreamException)
        {
            // No assembly: the compiler has a word for it, if it is one that it needs.
        }

        return found;
    }

    // A resource is its length, four bytes, and its content (ECMA-335 II.24.2.4).
    private static void Extract(FileStream stream, long at, string target)
    {
        var buffer = new byte[1 << 20];
        stream.Position = at;
        Fill(stream, buffer, sizeof(int));
        uint length = BitConverter.ToUInt32(buffer, 0);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        bool isOther = !File.Exists(target) || new FileInfo(target).Length != length;
        string draft = target + ".tmp";
        using (FileStream output = File.Create(draft))
        using (FileStream? old = isOther ? null : File.OpenRead(target))
        {
            var present = new byte[buffer.Length];
            for (long left = length; left > 0;)
            {
                int count = (int)Math.Min(buffer.Length, left);
                Fill(stream, buffer, count);
                output.Write(buffer, 0, count);
                if (!isOther && old is not null)
                {
                    Fill(old, present, count);
                    isOther = !present.AsSpan(0, count).SequenceEqual(buffer.AsSpan(0, count));
                }

                left -= count;
            }
        }

        if (isOther)
        {
            File.Delete(target);
            File.Move(draft, target);
        }
        else
        {
            File.Delete(draft);
        }
    }

    private static void Fill(FileStream stream, byte[] buffer, int count)
    {
        for (int done = 0; done < count;)
        {
            int read = stream.Read(buffer, done, count - done);
            if (read == 0) throw new EndOfStreamException();
            done += read;
        }
    }
}
