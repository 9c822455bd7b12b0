using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>
/// Some padded rows of a group, as a ragged batch: masked tokens are left out, the others keep their places as positions, unless the model
/// counts positions by its pad token. A row without any token is left out whole. Where a result comes from the first token, padding on the left
/// is kept: as in Hugging Face it attends, and nothing attends to it. A mean is one over tokens: it needs none.
/// </summary>
/// <remarks>Reused from chunk to chunk.</remarks>
internal sealed class PaddedChunk(SafeTensorsFile file, ModelSpec spec)
{
    private readonly bool _readsFirstToken = spec.HasPooler || spec.Head.Parts.Any(p => p.From is HeadInput.FirstToken or HeadInput.Pooler);
    private readonly List<long> _sequences = [];
    private long[] _ids = [];
    private long[] _mask = [];
    private long[] _types = [];
    private long[] _tasks = [];
    private int[] _row = [];
    private int[] _places = [];

    /// <summary>The rows that have tokens.</summary>
    public TokenBatch Batch { get; } = new();

    /// <summary>The group that the rows are of.</summary>
    public InputGroup Group { get; private set; } = null!;

    /// <summary>Which padded row each sequence of the batch is.</summary>
    public IReadOnlyList<long> Sequences => _sequences;

    /// <summary>Where in its padded row each token of the batch stands.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Batch.TokenCount);

    /// <summary>Reads rows <paramref name="first"/> … and checks every number.</summary>
    /// <exception cref="CommandException">A mask that is not 0 or 1; an id that the model has no row for.</exception>
    public void Load(InputGroup group, long first, int count)
    {
        Group = group;
        Batch.Clear();
        _sequences.Clear();
        int tokens = group.Tokens;
        int length = checked(count * tokens);
        if (_ids.Length < length) (_ids, _mask, _types, _tasks, _places) = (new long[length], new long[length], new long[length], new long[length], new int[length]);
        if (_row.Length < 4 * tokens) _row = new int[4 * tokens];
        file.ReadInt64s(group.Ids, first * tokens, _ids.AsSpan(0, length));
        ReadOrFill(group.Mask, first * tokens, _mask.AsSpan(0, length), 1);
        ReadOrFill(group.Types, first * tokens, _types.AsSpan(0, length), 0);
        ReadOrFill(group.Tasks, first * tokens, _tasks.AsSpan(0, length), 0);
        for (int i = 0; i < count; i++) Add(first + i, i * tokens);
    }

    private void ReadOrFill(TensorInfo? tensor, long first, Span<long> destination, long otherwise)
    {
        if (tensor is null) destination.Fill(otherwise);
        else file.ReadInt64s(tensor, first, destination);
    }

    private void Add(long sequence, int start)
    {
        int tokens = Group.Tokens;
        Span<int> ids = _row.AsSpan(0, tokens);
        Span<int> types = _row.AsSpan(tokens, tokens);
        Span<int> tasks = _row.AsSpan(2 * tokens, tokens);
        Span<int> places = _row.AsSpan(3 * tokens, tokens);
        int silent = _readsFirstToken ? MaskedAtStart(start) : 0;
        int kept = 0;
        for (int t = 0; t < tokens; t++)
        {
            long mask = _mask[start + t];
            if (mask is not (0 or 1)) throw Fault(Group.Mask!, sequence, t, mask, "expected 0 or 1");
            if (mask == 0 && t >= silent) continue;
            ids[kept] = Check(Group.Ids, sequence, t, _ids[start + t], spec.Embedding.Vocabulary);
            types[kept] = Check(Group.Types, sequence, t, _types[start + t], Math.Max(spec.Embedding.TokenTypes, 1));
            tasks[kept] = Check(Group.Tasks, sequence, t, _tasks[start + t], Math.Max(spec.Embedding.TaskTypes, 1));
            places[kept++] = t;
        }

        if (kept == silent) return;
        if (silent > 0 && spec.Layers.Kinds.Any(k => PaddingSeesNothing(k, silent)))
        {
            throw Fault(Group.Mask!, sequence, 0, 0, "padding stands before the text: the result is read from the first token, which in this model attends to no token then; put padding after the text");
        }

        bool hasHole = places[kept - 1] - places[0] >= kept;
        if (hasHole && spec.Layers.Kinds.Any(k => k.Relative == RelativePositions.Buckets || k.Window is not null || k.Convolution is not null))
        {
            throw Fault(Group.Mask!, sequence, places[0] + 1, 0, "a masked token stands between others: this model counts the distance between tokens, so a text must be whole");
        }

        if (spec.Embedding.PositionRule == PositionRule.AfterPadding && kept - ids[..kept].Count(spec.Embedding.PadTokenId) + spec.Embedding.PadTokenId >= spec.Embedding.Positions)
        {
            throw Fault(Group.Ids, sequence, 0, ids[0], FormattableString.Invariant($"the text has {kept} tokens, and positions count from {spec.Embedding.PadTokenId + 1}: expected at most {spec.MaxTokens}"));
        }

        places[..kept].CopyTo(_places.AsSpan(Batch.TokenCount));
        Batch.Add(ids[..kept], types[..kept], spec.Embedding.PositionRule == PositionRule.AfterPadding ? [] : places[..kept], tasks[..kept]);
        if (silent > 0) Batch.SilenceFirst(silent);
        _sequences.Add(sequence);
    }

    /// <summary>
    /// Whether the first token, which is padding, has no token to attend to: what the model computes for it then depends on how Hugging Face
    /// implements attention. In DeBERTa padding attends to nothing at all, and its embedding is 0.
    /// </summary>
    private static bool PaddingSeesNothing(LayerSpec layer, int silent) => layer.Window < silent || layer.Disentangled is not null || layer.Convolution is not null || layer.ScoreTerms > 1;

    private int MaskedAtStart(int start)
    {
        int count = 0;
        while (count < Group.Tokens && _mask[start + count] == 0) count++;
        return count;
    }

    private int Check(TensorInfo? tensor, long sequence, int token, long value, int limit) => (ulong)value < (ulong)limit
        ? (int)value
        : throw Fault(tensor!, sequence, token, value, FormattableString.Invariant($"the model has the rows 0 to {limit - 1}"));

    private CommandException Fault(TensorInfo tensor, long sequence, int token, long value, string expected) =>
        new(FormattableString.Invariant($"{file.FilePath}: '{tensor.Name}' {Group.PlaceOf(sequence, token)} is {value}; {expected}"));
}
