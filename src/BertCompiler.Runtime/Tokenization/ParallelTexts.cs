using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using BertCompiler.Kernels;

namespace BertCompiler.Tokenization;

/// <summary>Tokenizes many texts with the threads of a crew; each thread writes ids of its own, and the texts are found again by their number.</summary>
internal sealed class ParallelTexts
{
    /// <summary>Texts that one thread takes at a time.</summary>
    private const int GroupSize = 16;

    /// <summary>Texts for which waking another thread pays.</summary>
    private const int WorthSharing = 2 * GroupSize;

    private readonly TextRunner<char, Utf16Units> _runner;
    private readonly IReadOnlyList<string> _texts;
    private readonly int _room;
    private readonly Place[] _places;
    private int[][] _ids = [];
    private int[] _counts = [];
    private ExceptionDispatchInfo? _fault;

    /// <param name="runner">Tokenizes.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="room">The most tokens of each.</param>
    public ParallelTexts(TextRunner<char, Utf16Units> runner, IReadOnlyList<string> texts, int room)
    {
        (_runner, _texts, _room) = (runner, texts, room);
        _places = new Place[texts.Count];
    }

    public void Run(Crew crew)
    {
        _ids = new int[crew.MaxThreads][];
        _counts = new int[crew.MaxThreads];
        Array.Fill(_ids, []);
        GCHandle self = GCHandle.Alloc(this);
        try
        {
            var kernel = new Kernel { Work = GCHandle.ToIntPtr(self) };
            crew.Run(ref kernel, (_texts.Count + GroupSize - 1) / GroupSize, _texts.Count >= WorthSharing);
        }
        finally
        {
            self.Free();
        }

        _fault?.Throw();
    }

    /// <summary>The ids of a text, as many as there is room for.</summary>
    public ReadOnlySpan<int> IdsOf(int text) => _ids[_places[text].Worker].AsSpan(_places[text].Start, _places[text].Count);

    /// <summary>Whether the text had more.</summary>
    public bool IsCut(int text) => _places[text].IsCut;

    private void RunGroup(int group, int worker)
    {
        TokenizerScratch scratch = TokenizerScratch.Rent();
        try
        {
            int end = Math.Min((group + 1) * GroupSize, _texts.Count);
            for (int i = group * GroupSize; i < end; i++) RunOne(i, worker, scratch);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            _fault = ExceptionDispatchInfo.Capture(e);
        }

        TokenizerScratch.Return(scratch);
    }

    private void RunOne(int index, int worker, TokenizerScratch scratch)
    {
        string text = _texts[index] ?? throw new ArgumentException($"text {index} is null");
        scratch.Pieces.Reset(tracks: false);
        _runner.Run(text, _room, scratch);
        int kept = Math.Min(scratch.Pieces.Count, _room);
        int start = _counts[worker];
        int needed = checked(start + kept);
        if (_ids[worker].Length < needed) Array.Resize(ref _ids[worker], Math.Max(needed, Math.Max(_ids[worker].Length * 2, 4096)));
        scratch.Pieces.Ids[..kept].CopyTo(_ids[worker].AsSpan(start));
        _counts[worker] = needed;
        _places[index] = new(worker, start, kept, scratch.Pieces.Count > _room);
    }

    /// <summary>Where the ids of a text lie.</summary>
    private readonly record struct Place(int Worker, int Start, int Count, bool IsCut);

    private struct Kernel : IKernel
    {
        public nint Work;

        public readonly void Run<T>(int item, int worker) where T : struct, ILanes<T>
            => ((ParallelTexts)GCHandle.FromIntPtr(Work).Target!).RunGroup(item, worker);
    }
}
