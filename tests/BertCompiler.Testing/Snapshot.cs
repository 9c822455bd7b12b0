using Xunit.Sdk;

namespace BertCompiler.Testing;

/// <summary>
/// Compares a text with a committed <c>NAME.verified.EXT</c> and, where they differ, leaves <c>NAME.received.EXT</c> beside it (the names
/// that Verify uses). To accept a difference, rename received to verified, or run the tests with BERTCOMPILER_ACCEPT_SNAPSHOTS=1.
/// </summary>
public static class Snapshot
{
    /// <summary>Fails, and says where to look, unless the committed file has exactly this text.</summary>
    /// <param name="path">Path of the snapshot without <c>.verified.EXT</c>.</param>
    /// <param name="extension">Extension without dot.</param>
    /// <param name="text">What was produced.</param>
    public static void Verify(string path, string extension, string text)
    {
        string verified = $"{path}.verified.{extension}";
        if (Environment.GetEnvironmentVariable("BERTCOMPILER_ACCEPT_SNAPSHOTS") == "1") Write(verified, text);
        Compare(verified, $"{path}.received.{extension}", text);
    }

    /// <summary>Fails unless the committed file <paramref name="expected"/> has exactly this text; the difference goes to <paramref name="received"/>.</summary>
    public static void Compare(string expected, string received, string text)
    {
        if (!File.Exists(expected))
        {
            Write(received, text);
            throw new XunitException($"no snapshot {expected}; what was produced: {received}");
        }

        string committed = File.ReadAllText(expected).ReplaceLineEndings("\n");
        if (committed == text)
        {
            if (File.Exists(received)) File.Delete(received);
            return;
        }

        Write(received, text);
        throw new XunitException($"{Path.GetFileName(expected)} differs from line {FirstDifference(committed, text)} on.\n  expected: {expected}\n  received: {received}");
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static int FirstDifference(string a, string b)
    {
        string[] left = a.Split('\n');
        string[] right = b.Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line]) line++;
        return line + 1;
    }
}
