namespace BertCompiler.Tokenization;

/// <content>The steps of normalising that generated pipelines call, each named as in tokenizer.json; they change the text in place.</content>
public sealed partial class NormalizedText
{
    /// <summary>Drops control characters, U+0000 and U+FFFD, and makes each white space a space (BertNormalizer, <c>clean_text</c>).</summary>
    public void CleanText() => CleanTextNormalizer.Apply(this);

    /// <summary>Puts a space on both sides of each CJK ideograph (BertNormalizer, <c>handle_chinese_chars</c>).</summary>
    public void SpaceIdeographs() => IdeographNormalizer.Apply(this);

    /// <summary>Decomposes canonically and drops nonspacing marks: é becomes e (BertNormalizer, <c>strip_accents</c>).</summary>
    public void DecomposeAndDropAccents() => AccentNormalizer.Apply(this);

    /// <summary>Lower case, each code point for itself.</summary>
    public void Lowercase() => LowercaseNormalizer.Apply(this);

    /// <summary>Canonical decomposition.</summary>
    public void ToNfd() => UnicodeFormNormalizer.Apply(this, compatible: false, composed: false);

    /// <summary>Canonical composition.</summary>
    public void ToNfc() => UnicodeFormNormalizer.Apply(this, compatible: false, composed: true);

    /// <summary>Compatibility decomposition.</summary>
    public void ToNfkd() => UnicodeFormNormalizer.Apply(this, compatible: true, composed: false);

    /// <summary>Compatibility composition.</summary>
    public void ToNfkc() => UnicodeFormNormalizer.Apply(this, compatible: true, composed: true);

    /// <summary>Drops combining marks; decomposes nothing itself.</summary>
    public void StripAccents() => StripAccentsNormalizer.Apply(this);

    /// <summary>Takes white space away at the ends.</summary>
    public void Strip(bool left, bool right) => StripNormalizer.Apply(this, left, right);

    /// <summary>Replaces what a pattern finds.</summary>
    public void Replace(TextPattern pattern, string content) => ReplaceNormalizer.Apply(this, pattern, content);

    /// <summary>Puts a text before one that is not empty.</summary>
    public void Prepend(string prefix) => PrependNormalizer.Apply(this, prefix);

    /// <summary>SentencePiece's first cleaning: control characters go, white space becomes a space.</summary>
    public void Nmt() => NmtNormalizer.Apply(this);

    /// <summary>SentencePiece's table of replacements.</summary>
    public void Precompiled(CharacterMap map) => PrecompiledNormalizer.Apply(this, map);
}
