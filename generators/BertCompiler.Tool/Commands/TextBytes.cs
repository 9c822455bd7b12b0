namespace BertCompiler.Tool.Commands;

/// <summary>What commands ask of the bytes of texts that a person hands them, with a message for that person.</summary>
internal static class TextBytes
{
    /// <summary>What the standard input is called in messages.</summary>
    public const string StandardInput = "standard input";

    /// <summary>Opens a file, or the standard input for <c>-</c>.</summary>
    public static Stream Open(string file) => file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);

    /// <summary>What a file is called in messages.</summary>
    public static string NameOf(string file) => file == "-" ? StandardInput : file;

    /// <summary>Bytes of the mark at the beginning of a text, which are no text.</summary>
    /// <param name="first">Its first bytes: the first line, or more.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="CommandException">It is UTF-16 or UTF-32.</exception>
    public static int MarkLength(ReadOnlySpan<byte> first, string name) => TextEncoding.Other(first) is { } other
        ? throw new CommandException($"{name}: expected UTF-8, found {other}; convert it first")
        : TextEncoding.MarkLength(first);

    /// <summary>Refuses what is not UTF-8.</summary>
    /// <param name="text">One line or several.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="line">The number of the first of these lines, from 1.</param>
    /// <exception cref="CommandException">Some byte is not UTF-8; the message says which.</exception>
    public static void RequireUtf8(ReadOnlySpan<byte> text, string name, long line)
    {
        int at = TextEncoding.FirstInvalid(text);
        if (at < 0) return;
        ReadOnlySpan<byte> before = text[..at];
        throw new CommandException($"{name}({line + before.Count((byte)'\n')},{at - before.LastIndexOf((byte)'\n')}): expected UTF-8, found the byte 0x{text[at]:X2}");
    }
}
