using System.Buffers;
using System.Runtime.InteropServices;
using BertCompiler.Kernels;

namespace BertCompiler.Tokenization;

/// <summary>
/// Tokenizes many texts with the threads of a crew: each thread writes ids of its own, and once all lengths are known, all threads write the
/// sequences to their places in the batch.
/// </summary>
internal sealed class ParallelTexts
{
    /// <summary>Texts that one thread takes at a time.</summary>
    private const int GroupSize = 16;

    /// <summary>Texts for which waking another thread pays.</summary>
    private const int WorthSharing = 2 * GroupSize;

    private readonly TextRunner<char, Utf16Units> _runner;
    private readonly IReadOnlyList<string> _texts;
    private readonly int _room;
    private Place[] _places = [];
    private WorkerIds[] _workers = [];
    private Tokenizer? _tokenizer;
    private TokenBatch? _batch;
    private readonly IProgress<BatchProgress>? _progress;
    private int _first;
    private int _done;

    /// <param name="runner">Tokenizes.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="room">The most tokens of each.</param>
    /// <param name="progress">Told of texts that are done.</param>
    public ParallelTexts(TextRunner<char, Utf16Units> runner, IReadOnlyList<string> texts, int room, IProgress<BatchProgress>? progress) =>
        (_runner, _texts, _room, _progress) = (runner, texts, room, progress);

    /// <summary>Tokenizes the texts, then writes their sequences into a batch, each step with all threads.</summary>
    /// <returns>How many texts had more tokens than there is room for.</returns>
    public int Append(Tokenizer tokenizer, TokenBatch batch, CrewCall crew)
    {
        _tokenizer = tokenizer;

        // Pooled: new arrays of this size would be cleared, page by page, on one thread.
        _places = ArrayPool<Place>.Shared.Rent(_texts.Count);
        int[] lengths = ArrayPool<int>.Shared.Rent(_texts.Count);
        _workers = new WorkerIds[crew.MaxThreads];
        for (int i = 0; i < _workers.Length; i++) _workers[i] = new();
        GCHandle self = GCHandle.Alloc(this);
        try
        {
            var kernel = new Kernel { Work = GCHandle.ToIntPtr(self) };
            Run(ref kernel, crew);
            int cut = 0;
            for (int i = 0; i < _texts.Count; i++)
            {
                lengths[i] = tokenizer.LengthWith(_places[i].Count);
                cut += _places[i].IsCut ? 1 : 0;
            }

            (_batch, _first) = (batch, batch.ReserveAll(lengths.AsSpan(0, _texts.Count)));
            kernel.Writes = true;

            // Not to be cancelled any more: the batch has room for all sequences, and each must be written.
            Run(ref kernel, crew.Crew);
            return cut;
        }
        finally
        {
            self.Free();
            foreach (WorkerIds ids in _workers) ids.Free();
            ArrayPool<int>.Shared.Return(lengths);
            ArrayPool<Place>.Shared.Return(_places);
        }
    }

    private void Run(ref Kernel kernel, CrewCall crew) => crew.Run(ref kernel, (_texts.Count + GroupSize - 1) / GroupSize, _texts.Count >= WorthSharing);

    private void WriteGroup(int group)
    {
        int end = Math.Min((group + 1) * GroupSize, _texts.Count);
        for (int i = group * GroupSize; i < end; i++)
        {
            Place place = _places[i];
            Span<int> ids = _batch!.Begin(_first + i, out Span<int> types);
            _tokenizer!.Write(_workers[place.Worker].Ids.Slice(place.Start, place.Count), ids, types);
        }
    }

    private void RunGroup(int group, int worker)
    {
        TokenizerScratch scratch = TokenizerScratch.Rent();
        int end = Math.Min((group + 1) * GroupSize, _texts.Count);
        for (int i = group * GroupSize; i < end; i++) RunOne(i, worker, scratch);
        TokenizerScratch.Return(scratch);
        int done = Interlocked.Add(ref _done, end - (group * GroupSize));
        if (worker == 0) _progress?.Report(new BatchProgress(done, _texts.Count));
    }

    private void RunOne(int index, int worker, TokenizerScratch scratch)
    {
        string text = _texts[index] ?? throw new ArgumentException($"text {index} is null");
        scratch.Pieces.Reset(tracks: false);
        _runner.Run(text, _tokenizer!.Needed(_room), scratch);
        ReadOnlySpan<int> kept = _tokenizer.Kept(scratch.Pieces.Ids, _room);
        int start = _workers[worker].Add(kept);
        _places[index] = new(worker, start, kept.Length, scratch.Pieces.Count > _room);
    }

    /// <summary>Where the ids of a text lie.</summary>
    private readonly record struct Place(int Worker, int Start, int Count, bool IsCut);

    /// <summary>The ids that one thread found, one text behind the other.</summary>
    private sealed class WorkerIds
    {
        private const int FirstSize = 1 << 14;

        private int[] _ids = [];
        private int _count;

        public ReadOnlySpan<int> Ids => _ids.AsSpan(0, _count);

        /// <summary>Adds the ids of a text; returns where they begin.</summary>
        public int Add(ReadOnlySpan<int> ids)
        {
            int start = _count;
            int end = checked(start + ids.Length);
            if (end > _ids.Length) Grow(end);
            ids.CopyTo(_ids.AsSpan(start));
            _count = end;
            return start;
        }

        public void Free()
        {
            if (_ids.Length > 0) ArrayPool<int>.Shared.Return(_ids);
            (_ids, _count) = ([], 0);
        }

        private void Grow(int size)
        {
            int[] larger = ArrayPool<int>.Shared.Rent(Math.Max(size, Math.Max(FirstSize, (int)Math.Min(_ids.Length * 2L, Array.MaxLength))));
            Ids.CopyTo(larger);
            if (_ids.Length > 0) ArrayPool<int>.Shared.Return(_ids);
            _ids = larger;
        }
    }

    private struct Kernel : IKernel
    {
        public nint Work;
        public bool Writes;

        public readonly void Run<T>(int item, int worker) where T : struct, ILanes<T>
        {
            var work = (ParallelTexts)GCHandle.FromIntPtr(Work).Target!;
            if (Writes) work.WriteGroup(item);
            else work.RunGroup(item, worker);
        }
    }
}
