using System.Globalization;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// The added tokens of a tokenizer without tokenizer.json: those with an id of their own in the files beside the vocabulary, then those with a
/// role, which get the next ids where the vocabulary lacks them (transformers, <c>PreTrainedTokenizerBase._from_pretrained</c> and
/// <c>PreTrainedTokenizer.__init__</c>).
/// </summary>
internal sealed class ConfigTokens
{
    private readonly TokenizerFiles _files;
    private readonly KnownIds _known;
    private readonly List<Problem> _warnings = [];
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddedToken> _tokens = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>Reads the tokens whose ids are written down: <c>added_tokens_decoder</c>, else added_tokens.json.</summary>
    /// <param name="files">The files.</param>
    /// <param name="known">Ids of the vocabulary.</param>
    /// <exception cref="TokenizerFault">They are malformed, or contradict the vocabulary.</exception>
    public ConfigTokens(TokenizerFiles files, KnownIds known)
    {
        (_files, _known) = (files, known);
        if (files.Decoder is { } decoder)
        {
            foreach ((JsonItem name, JsonItem value) in decoder.Members()) Take(ReadDecoded(name, value));
        }
        else if (files.Added is { } added) ReadAdded(added);

        _next = Math.Max(known.Count, _tokens.Values.Select(t => t.Id + 1).DefaultIfEmpty(0).Max());
    }

    /// <summary>All added tokens, those that win first.</summary>
    public IReadOnlyList<AddedToken> InOrder => AddedTokenReader.InOrderOfPrecedence(_tokens.Values.OrderBy(t => t.Id));

    /// <summary>What is to be said of tokens that are left out.</summary>
    public IReadOnlyList<Problem> Warnings => _warnings;

    /// <summary>Reads all tokens.</summary>
    /// <param name="files">The files.</param>
    /// <param name="roles">The tokens with a role, whether a file names them or the class has them.</param>
    /// <param name="known">Ids of the vocabulary.</param>
    /// <exception cref="TokenizerFault">They are malformed, or contradict the vocabulary.</exception>
    public static ConfigTokens Read(TokenizerFiles files, TokenRoles roles, KnownIds known)
    {
        var tokens = new ConfigTokens(files, known);
        tokens.AddRoles(roles);
        return tokens;
    }

    /// <summary>Id of a token of the vocabulary or of an added one; −1: there is none.</summary>
    public int IdOf(string text) => _known.Ids.TryGetValue(text, out int id) ? id : _tokens.GetValueOrDefault(text)?.Id ?? -1;

    /// <summary>The same; −1 also for a token that the vocabulary lacks and only the class has: where it stands round every text, nobody has trained it.</summary>
    public int NamedIdOf(string text) => _known.Ids.ContainsKey(text) || _named.Contains(text) ? IdOf(text) : -1;

    /// <summary>Adds the tokens with a role, and <c>additional_special_tokens</c>.</summary>
    public void AddRoles(TokenRoles roles)
    {
        foreach ((string role, string? text) in roles.InOrder) AddRole(role, text);
        foreach (JsonItem item in Additional(_files))
        {
            AddedTokenFlags own = item.Kind == JsonKind.Object ? Flags(item, "an additional special token") : 0;
            Add(TokenRoles.TextOf(item, "an additional special token"), AddedTokenFlags.Special | own, item);
        }
    }

    /// <summary>Adds the token of a role.</summary>
    public void AddRole(string role, string? text)
    {
        JsonItem? item = _files.OfRole(role).Select(i => (JsonItem?)i).FirstOrDefault();
        JsonItem? defined = _files.OfRole(role).Where(i => i.Kind == JsonKind.Object).Select(i => (JsonItem?)i).FirstOrDefault();
        Add(text, AddedTokenFlags.Special | (defined is { } own ? Flags(own, role) : 0), item);
    }

    /// <summary>Adds a token that the vocabulary itself marks, where no file does.</summary>
    public void AddMarked(string text, AddedTokenFlags flags) => _tokens.TryAdd(text, new(text, _known.Ids[text], flags));

    /// <summary>The mask of a class of RoBERTa's kin takes the space before it along, unless a file says how it is found.</summary>
    public void StripBeforeMask(string? mask)
    {
        bool defined = _files.Decoder is not null || _files.Added?.Find(mask ?? "") is not null || _files.OfRole("mask_token").Any(i => i.Kind == JsonKind.Object);
        if (!defined && mask is not null && _tokens.TryGetValue(mask, out AddedToken? token)) _tokens[mask] = token with { Flags = token.Flags | AddedTokenFlags.LeftStrip };
    }

    /// <summary>
    /// The entries of <c>additional_special_tokens</c>, which transformers 5 calls <c>extra_special_tokens</c>: a list, or under that name an
    /// object whose names are roles of their own.
    /// </summary>
    public static IEnumerable<JsonItem> Additional(TokenizerFiles files) => ((JsonItem?[])[files.Config, files.Decoder is null ? files.Map : null])
        .OfType<JsonItem>().SelectMany(file => (file.FindValue("additional_special_tokens")?.Items() ?? []).Concat(Extra(file)));

    private static IEnumerable<JsonItem> Extra(JsonItem file) => file.FindValue("extra_special_tokens") is not { } extra ? []
        : extra.Kind == JsonKind.Object ? extra.Members().Select(m => m.Value) : extra.Items();

    /// <summary>How a token is found, where a file writes it as an object.</summary>
    public static AddedTokenFlags Flags(JsonItem item, string text)
    {
        return Flag("single_word", AddedTokenFlags.SingleWord) | Flag("lstrip", AddedTokenFlags.LeftStrip)
            | Flag("rstrip", AddedTokenFlags.RightStrip) | Flag("normalized", AddedTokenFlags.Normalized) | Flag("special", AddedTokenFlags.Special);

        AddedTokenFlags Flag(string flag, AddedTokenFlags bit) => item.FindValue(flag)?.AsBoolean($"'{flag}' of '{text}'") == true ? bit : 0;
    }

    /// <summary>Adds a special token: under the vocabulary's id for it, else under the next one, if the word table has a row for that.</summary>
    /// <param name="text">The token; null or empty: there is none.</param>
    /// <param name="flags">How it is found.</param>
    /// <param name="named">Where a file names it; null: only the class does.</param>
    private void Add(string? text, AddedTokenFlags flags, JsonItem? named)
    {
        if (string.IsNullOrEmpty(text)) return;
        if (named is not null) _named.Add(text);
        if (_tokens.TryGetValue(text, out AddedToken? token))
        {
            _tokens[text] = token with { Flags = token.Flags | AddedTokenFlags.Special };
            return;
        }

        bool known = _known.Ids.TryGetValue(text, out int id);
        if (!known)
        {
            id = _next;
            if (_known.TableRows is { } rows && id >= rows)
            {
                if (named is { } item) _warnings.Add(SpecialTokenRows.Missing(item, text, id, rows));
                return;
            }

            _next++;
        }

        _tokens.Add(text, new(text, id, flags));
    }

    private void Take(AddedToken token)
    {
        _tokens[token.Text] = token;
        _named.Add(token.Text);
    }

    private AddedToken ReadDecoded(JsonItem name, JsonItem value)
    {
        string text = value.Require("content", "an added token").AsText("'content' of an added token");
        if (!int.TryParse(name.AsText("an id"), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            throw name.Fault(ProblemKinds.TokenizerMalformed, $"{name.Tree.Name}: the id of '{text}' in added_tokens_decoder is not a whole number ≥ 0");
        }

        Check(name, "added_tokens_decoder", text, id);
        return new(text, id, Flags(value, text));
    }

    /// <summary>added_tokens.json holds ids alone: what a file names as special is special, and the others are looked for in normalised text.</summary>
    private void ReadAdded(JsonItem added)
    {
        HashSet<string> special = NamedSpecial();
        var behind = new SortedDictionary<long, JsonItem>();
        foreach ((JsonItem name, JsonItem value) in added.Members())
        {
            string text = name.AsText("a token");
            long id = value.AsCount($"the id of '{text}'");
            Check(name, added.Tree.Name, text, id);
            if (!_known.Ids.ContainsKey(text) && !behind.TryAdd(id, name)) throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{added.Tree.Name}: '{behind[id].AsText("a token")}' and '{text}' have one id, {id}");
            if (_tokens.ContainsKey(text)) throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{added.Tree.Name}: '{text}' stands twice");
            Take(new(text, (int)id, special.Contains(text) ? AddedTokenFlags.Special : AddedTokenFlags.Normalized));
        }

        long next = _known.Count;
        foreach ((long id, JsonItem name) in behind)
        {
            if (id != next) throw name.Fault(ProblemKinds.TokenizerInconsistent, $"{added.Tree.Name}: '{name.AsText("a token")}' has the id {id}, and the next one is {next}: ids of added tokens follow those of the vocabulary without a gap");
            next++;
        }
    }

    private HashSet<string> NamedSpecial()
    {
        HashSet<string> texts = [.. TokenRoles.Read(_files).InOrder.Select(r => r.Text).OfType<string>()];
        texts.UnionWith(Additional(_files).Select(i => TokenRoles.TextOf(i, "an additional special token")));
        return texts;
    }

    private void Check(JsonItem place, string list, string text, long id)
    {
        string file = place.Tree.Name;
        if (new Vocabulary(_known.TableRows).OutOfRange(text, id, _known.Count) is { } range) throw place.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: the added token {range}");
        bool known = _known.Ids.TryGetValue(text, out int inFile);
        if ((known && inFile != id) || (!known && id < _known.Count) || text.Length == 0)
        {
            throw place.Fault(ProblemKinds.TokenizerInconsistent, $"{file}: {(list == file ? "it" : list)} says that '{text}' has the id {id}; the vocabulary does not");
        }
    }
}
