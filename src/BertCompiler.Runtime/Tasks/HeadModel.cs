using BertCompiler.Kernels;
using BertCompiler.Tasks;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A compiled encoder with a head whose logits have a meaning.</summary>
/// <inheritdoc/>
public abstract class HeadModel : EncoderModel
{
    /// <summary>Takes over the program.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected HeadModel(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, options) => Head = head;

    /// <summary>Labels, and how logits are read.</summary>
    public HeadFacts Head { get; }

    /// <summary>
    /// Encodes and runs texts in groups of about 512 tokens, so that memory does not grow with their number. A text's rows have the bits
    /// that they would have if it were alone.
    /// </summary>
    /// <param name="count">Number of texts.</param>
    /// <param name="append">Appends one to a batch; each is asked for once, in order.</param>
    /// <param name="reader">Takes the results of a group.</param>
    /// <param name="control">Progress, by texts, and cancellation.</param>
    private protected void RunGroups(int count, Action<int, TokenBatch> append, GroupReader reader, RunControl control)
    {
        Workspace work = Rent(control.Cancellation);
        try
        {
            for (int done = 0; done < count; control.Progress?.Report(new BatchProgress(done, count)))
            {
                work.Batch.Clear();
                int first = done;
                for (; done < count && work.Batch.TokenCount < TokensAtOnce; done++) append(done, work.Batch);
                Compute(work);
                reader(work, first);
            }
        }
        finally
        {
            Return(work);
        }
    }

    /// <summary>Runs texts in groups, for a head that gives each text one row of scores.</summary>
    /// <inheritdoc cref="RunGroups"/>
    private protected void RunEach(int count, Action<int, TokenBatch> append, RowReader reader, RunControl control)
    {
        RunGroups(count, append, Read, control);

        void Read(Workspace work, int first)
        {
            Rows logits = Program.SequenceLogits(work.Batch, work);
            for (int i = 0; i < logits.Count; i++) reader(first + i, logits[i]);
        }
    }

    /// <summary>
    /// Runs texts that are read in windows, for a head that gives each token a row of scores; windows of several texts together in groups of
    /// about 512 tokens. A text's result is made as soon as its last window was read.
    /// </summary>
    /// <param name="count">Number of texts.</param>
    /// <param name="open">Encodes one; each is asked for once, in order.</param>
    /// <param name="control">Progress, by texts or, of one text, by windows; and cancellation.</param>
    private protected TResult[] RunWindows<TResult>(int count, Func<int, WindowedReading<TResult>> open, RunControl control)
    {
        var results = new TResult[count];
        var group = new List<(WindowedReading<TResult> Reading, int Window)>();
        Workspace work = Rent(control.Cancellation);
        try
        {
            TokenBatch batch = work.Batch;
            WindowedReading<TResult>? reading = null;
            (int done, int opened, int window) = (0, 0, 0);
            while (done < count)
            {
                batch.Clear();
                group.Clear();
                while (batch.TokenCount < TokensAtOnce && (reading is not null || opened < count))
                {
                    reading ??= open(opened++);
                    Add(batch, reading.Window(window));
                    group.Add((reading, window++));
                    if (window == reading.Count) (reading, window) = (null, 0);
                }

                Compute(work);
                Rows logits = Program.TokenLogits(batch, work);
                for (int i = 0; i < group.Count; i++)
                {
                    (WindowedReading<TResult> read, int at) = group[i];
                    read.Accept(at, logits.Slice(batch.Offsets[i], batch.LengthOf(i)));
                    if (at == read.Count - 1) results[done++] = read.Finish();
                }

                control.Progress?.Report(count > 1 ? new BatchProgress(done, count) : new BatchProgress(group[^1].Window + 1, group[^1].Reading.Count));
            }
        }
        finally
        {
            Return(work);
        }

        return results;
    }

    /// <summary>Appends a text or a pair to a batch, cut as <see cref="EncodeCut"/> cuts; of a text alone, what is behind the cut is not read.</summary>
    /// <returns>Whether something was cut off.</returns>
    private protected bool AppendCut(string text, string? pair, Truncation truncation, string argument, int? maxTokens, TokenBatch batch, int? index = null)
    {
        if (pair is null && !Refuses(truncation)) return Tokenizer.Append(text, CheckedLength(maxTokens, pair: false), batch);
        TokenEncoding encoding = EncodeCut(text, pair, truncation, argument, maxTokens, index);
        Add(batch, encoding);
        return encoding.IsTruncated;
    }

    /// <summary>Encodes a text or a pair, cut on the right to what the model reads; of a pair the longer text gives way.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text, or null; an empty one counts.</param>
    /// <param name="truncation">What to do with one that is too long.</param>
    /// <param name="argument">The caller's argument, for its error.</param>
    /// <param name="maxTokens">The most tokens; null: what the model reads.</param>
    /// <param name="index">Which of several texts it is; null: the only one.</param>
    private protected TokenEncoding EncodeCut(string text, string? pair, Truncation truncation, string argument, int? maxTokens = null, int? index = null)
    {
        int most = CheckedLength(maxTokens, pair is not null);
        TokenEncoding encoding = Tokenizer.Encode(text, pair, new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = most });
        return encoding.IsTruncated && Refuses(truncation) ? throw TooLong(text, argument, index, pair, most) : encoding;
    }

    /// <summary>The most tokens to read: what was asked for, if the model can, and there is room for a text.</summary>
    private protected int CheckedLength(int? maxTokens, bool pair)
    {
        int most = maxTokens ?? Facts.MaxTokens;
        int specials = Tokenizer.SpecialTokenCount(pair);
        if (most > specials && most <= Facts.MaxTokens) return most;
        throw new ArgumentException($"{most} tokens at most: {Facts.Name} reads from {specials + 1} to {Facts.MaxTokens}, special tokens included", nameof(maxTokens));
    }

    /// <summary>Tokens that neighbouring windows share: what was asked for, if it leaves them room to move on; else a quarter of their room.</summary>
    private protected int WindowStride(int maxTokens, int? stride)
    {
        int room = maxTokens - Tokenizer.SpecialTokenCount(pair: false);
        int shared = stride ?? room / 4;
        return shared >= 0 && shared < room ? shared : throw new ArgumentException($"windows that share {shared} tokens: from 0 to {room - 1} fit windows of {maxTokens}", nameof(stride));
    }

    /// <summary>An encoding and the windows that follow it.</summary>
    private protected static IReadOnlyList<TokenEncoding> Windows(TokenEncoding encoding) => encoding.IsTruncated ? [encoding, .. encoding.Overflow] : [encoding];

    /// <summary>A text that must be there.</summary>
    private protected static string TextAt(IReadOnlyList<string> texts, int index, string argument) =>
        texts[index] ?? throw new ArgumentException($"text {index} is null", argument);

    /// <summary>Appends an encoding.</summary>
    private protected void Add(TokenBatch batch, TokenEncoding encoding)
    {
        // Models without segments have one row of token types, or none; templates may number the second text all the same.
        int[] types = Facts.TokenTypes > 1 ? encoding.TypeIds() : [];
        batch.Add(encoding.Ids(), types);
    }
}
