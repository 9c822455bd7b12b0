namespace BertCompiler.Core.Weights;

/// <summary>The manifest of a tokenizer alone as text: the same lines as in a model's, see <see cref="ManifestText"/>.</summary>
public static class TokenizerManifestText
{
    /// <summary>What the line <c>kind</c> says.</summary>
    internal const string Kind = "tokenizer";

    /// <summary>The text of a manifest. Same manifest, same bytes.</summary>
    public static string Write(TokenizerManifest manifest)
    {
        var lines = new ManifestWriter(Kind);
        lines.Text("name", manifest.Name);
        TokenizerLines.Write(manifest.Tokenizer, lines);
        lines.Text("content-hash", manifest.ContentHash);
        lines.Number("tokenizer-bytes", manifest.TokenizerBytes);
        return lines.ToString();
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">Not a tokenizer's manifest of this version; the message says which line and why.</exception>
    public static TokenizerManifest Read(string text)
    {
        var fields = ManifestFields.Parse(text);
        return fields.Kind == Kind ? Read(fields) : throw new FormatException($"'kind': expected '{Kind}', found '{fields.Kind}'");
    }

    internal static TokenizerManifest Read(ManifestFields fields)
    {
        var manifest = new TokenizerManifest
        {
            Name = fields.Text("name"),
            Tokenizer = TokenizerLines.Read(fields) ?? throw new FormatException("expected one line 'tokenizer', found 0"),
            ContentHash = fields.Hash("content-hash"),
            TokenizerBytes = fields.Long("tokenizer-bytes"),
        };
        return manifest.TokenizerBytes > 0 ? manifest : throw new FormatException($"'tokenizer-bytes': expected at least 1, found {manifest.TokenizerBytes}");
    }
}
