using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SemanticSearch.Passages;

namespace SemanticSearch.Indexing;

/// <summary>Writes an index file: whole or not at all.</summary>
internal static class IndexWriter
{
    /// <summary>Writes to a temporary name beside <paramref name="path"/> and renames.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(SearchIndex index, string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string draft = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = new(draft, FileMode.CreateNew, FileAccess.Write))
            {
                byte[] content = ToBytes(index);
                file.Write(content);
                file.Write(SHA256.HashData(content));
            }

            File.Move(draft, full, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The file's content without the hash at its end.</summary>
    internal static byte[] ToBytes(SearchIndex index)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(IndexFormat.Mark);
        writer.Write(PassageSplitter.RulesVersion);
        WriteText(writer, index.ModelHash);
        writer.Write(index.Dimension);
        writer.Write(index.Files.Count);
        foreach (IndexedFile file in index.Files)
        {
            WriteText(writer, file.Path);
            writer.Write(file.Hash);
            writer.Write(file.Passages.Count);
            foreach (Passage passage in file.Passages)
            {
                writer.Write(passage.Line);
                WriteText(writer, passage.Heading);
                WriteText(writer, passage.Text);
            }

            writer.Write(MemoryMarshal.AsBytes<float>(file.Vectors));
        }

        writer.Flush();
        return memory.ToArray();
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }
}
