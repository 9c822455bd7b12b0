using System.Globalization;
using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// The tokens that transformers adds to those of a tokenizer.json: what <c>added_tokens_decoder</c> holds, then special tokens that a file names
/// or that the class has (<c>PreTrainedTokenizerFast.__init__</c>). One that has no id gets the next (tokenizers, <c>added_vocabulary.rs</c>).
/// </summary>
internal sealed class JsonAdditions
{
    private const AddedTokenFlags Places = AddedTokenFlags.LeftStrip | AddedTokenFlags.RightStrip | AddedTokenFlags.SingleWord;

    private readonly JsonItem _root;
    private readonly TokenizerFiles _files;
    private readonly Vocabulary _vocabulary;
    private readonly List<Problem> _problems;
    private readonly List<AddedToken> _tokens;

    private JsonAdditions(JsonItem root, List<AddedToken> tokens, Vocabulary vocabulary, TokenizerFiles files, List<Problem> problems)
    {
        (_root, _files, _vocabulary, _problems) = (root, files, vocabulary, problems);
        _tokens = [.. tokens];
    }

    /// <summary>All added tokens, those that win first.</summary>
    /// <param name="root">The tokenizer.json.</param>
    /// <param name="tokens">Its own added tokens.</param>
    /// <param name="vocabulary">Its vocabulary.</param>
    /// <param name="files">The files beside it.</param>
    /// <param name="problems">Takes warnings.</param>
    public static List<AddedToken> Apply(JsonItem root, List<AddedToken> tokens, Vocabulary vocabulary, TokenizerFiles files, List<Problem> problems)
    {
        var additions = new JsonAdditions(root, tokens, vocabulary, files, problems);
        additions.AddDecoded();
        additions.AddSpecial();
        return AddedTokenReader.InOrderOfPrecedence(additions._tokens);
    }

    private void AddDecoded()
    {
        var entries = new List<(int Index, JsonItem Value)>();
        foreach ((JsonItem name, JsonItem value) in _files.Decoder?.Members() ?? [])
        {
            if (int.TryParse(name.AsText("an id"), NumberStyles.None, CultureInfo.InvariantCulture, out int index)) entries.Add((index, value));
            else throw name.Fault(ProblemKinds.TokenizerMalformed, $"{name.Tree.Name}: an id in added_tokens_decoder is not a whole number ≥ 0");
        }

        foreach ((int _, JsonItem value) in entries.OrderBy(e => e.Index))
        {
            string text = value.Require("content", "an added token").AsText("'content' of an added token");
            AddedTokenFlags flags = ConfigTokens.Flags(value, text);
            int at = _tokens.FindIndex(t => t.Text == text);
            if (at < 0) Add(text, flags, value);
            else if (((_tokens[at].Flags ^ flags) & Places) != 0)
            {
                Tell(value, $"added_tokens_decoder says of '{text}' {Describe(flags)}, and {_root.Tree.Name} says {Describe(_tokens[at].Flags)}: transformers takes the former, and so is done here");
                _tokens[at] = _tokens[at] with { Flags = (_tokens[at].Flags & ~Places) | (flags & Places) };
            }
        }
    }

    private void AddSpecial()
    {
        TokenRoles named = TokenRoles.Read(_files);
        TokenRoles roles = _files.Class is { } known ? named.Or(known.Special) : named;
        foreach ((string role, string? text) in roles.InOrder)
        {
            JsonItem? item = _files.OfRole(role).Select(i => (JsonItem?)i).FirstOrDefault();
            AddedTokenFlags own = item is { Kind: JsonKind.Object } defined ? ConfigTokens.Flags(defined, role) : 0;
            if (_tokens.TrueForAll(t => t.Text != text)) Add(text, AddedTokenFlags.Special | own, item);
        }

        foreach (JsonItem item in ConfigTokens.Additional(_files))
        {
            string text = TokenRoles.TextOf(item, "an additional special token");
            AddedTokenFlags own = item.Kind == JsonKind.Object ? ConfigTokens.Flags(item, text) : 0;
            if (_tokens.TrueForAll(t => t.Text != text)) Add(text, AddedTokenFlags.Special | own, item);
        }
    }

    private void Add(string? text, AddedTokenFlags flags, JsonItem? named)
    {
        if (string.IsNullOrEmpty(text)) return;
        int id = _vocabulary.IdOf(text);
        bool isNew = id < 0;

        // A default of the class that no file names: transformers adds it behind any vocabulary, where nobody asked for it and nobody trained it.
        if (isNew && named is null) return;
        if (isNew) id = Math.Max(_vocabulary.Pieces.Count, _tokens.Select(t => t.Id + 1).DefaultIfEmpty(0).Max());
        if (isNew && _vocabulary.TableRows is { } rows && id >= rows)
        {
            _problems.Add(SpecialTokenRows.Missing(named!.Value, text, id, rows));
            return;
        }

        if (isNew && _vocabulary.OutOfRange(text, id, _vocabulary.Pieces.Count) is { } range) throw _root.Fault(ProblemKinds.TokenizerInconsistent, $"{_root.Tree.Name}: the added token {range}");
        if (isNew && _vocabulary.TextOf(id) is { } owner) throw _root.Fault(ProblemKinds.TokenizerInconsistent, $"{_root.Tree.Name}: the next id, {id}, which the token '{text}' would get, is that of '{owner}' in model.vocab");
        if (isNew && named is { } place) Tell(place, $"names the token '{text}', which {_root.Tree.Name} lacks: transformers adds it, with the id {id}, and so is done here");
        _tokens.Add(new(text, id, flags));
    }

    private void Tell(JsonItem place, string message) =>
        _problems.Add(place.Tree.At(ProblemKinds.TokenizerContradiction, Severity.Warning, place, $"{place.Tree.Name} {message}"));

    private static string Describe(AddedTokenFlags flags)
    {
        return $"lstrip {Word(AddedTokenFlags.LeftStrip)}, rstrip {Word(AddedTokenFlags.RightStrip)}, single_word {Word(AddedTokenFlags.SingleWord)}";

        string Word(AddedTokenFlags flag) => (flags & flag) != 0 ? "true" : "false";
    }
}
