using System.Text;
using BertCompiler.Tool.Packing;

namespace BertCompiler.Tool.Importers;

/// <summary>Writes text files so that they are there whole or not at all, and keep their time where nothing changed.</summary>
internal static class ImportWriter
{
    /// <summary>Writes <paramref name="text"/> as UTF-8 unless the file holds exactly that.</summary>
    /// <returns>Whether the file was written.</returns>
    public static bool WriteIfDifferent(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) return false;
        string temporary = TemporaryName.For(path);
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return true;
    }
}
