using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BertCompiler.Tasks;

/// <summary><see cref="ResolvedItem"/> → items with the metadata that the targets and the generator go by.</summary>
internal static class ItemWriter
{
    /// <summary>The item of one model or tokenizer.</summary>
    public static ITaskItem Write(ResolvedItem resolved, string importFolder)
    {
        ModelItem item = resolved.Item;
        var result = new TaskItem(Escape(item.Include));
        void set(string name, string value) => result.SetMetadata(name, Escape(value));
        string file(string ending) => Path.Combine(importFolder, resolved.ClassName + ending);
        set("ItemName", item.Type);
        set("Folder", resolved.Folder);
        set("BertClass", resolved.ClassName);
        set("WeightsFile", resolved.WeightsFile);
        set("Head", item.Head);
        set("Precision", item.Precision);
        set("Embed", resolved.Embedded ? "true" : "false");
        set("BertWeights", resolved.Embedded ? "Embedded" : "File");

        // What the generator reads has the format of .editorconfig, where a semicolon or a number sign begins a comment.
        set("BertTaps", item.Taps.Replace(';', ','));
        set("BertAccess", item.Access);
        set("BertItem", Uri.EscapeDataString(item.Written));
        set("BertProject", Uri.EscapeDataString(item.Place.File));
        set("BertProjectLine", item.Place.Line.ToString(CultureInfo.InvariantCulture));
        set("Manifest", file(".bertmanifest"));
        set("Packed", file(".bertw"));
        set("Record", file(".imported"));
        return result;
    }

    /// <summary>A text as an item holds it: what MSBuild gives a meaning to is written as <c>%xx</c>.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if ("%*?@$();'".IndexOf(c) >= 0) result.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            else result.Append(c);
        }

        return result.ToString();
    }
}
