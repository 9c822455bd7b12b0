using BertCompiler.Kernels;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification;

/// <summary>Embeds the same texts in every arrangement and counts the texts whose bits differ.</summary>
internal sealed class BitMatrix(CachedModel compiled, IReadOnlyList<string> all)
{
    /// <summary>Scalar code is some hundred times slower than registers of 512 bits: it gets every 30th text only.</summary>
    private const int ScalarStep = 30;


    /// <summary>How the texts are arranged; each but the first puts every text at another place of another batch.</summary>
    public static IReadOnlyList<string> Arrangements { get; } = ["alone", "in order", "reversed", "shuffled", "behind another text"];

    /// <summary>All widths that this CPU has, with one and two threads.</summary>
    public IReadOnlyList<BitMatrixRow> Compute(IProgress<double>? progress, CancellationToken cancellation)
    {
        SimdWidth[] widths = [.. Enum.GetValues<SimdWidth>().Where(SimdSupport.IsSupported).OrderDescending()];
        (SimdWidth Width, int Threads)[] settings = [.. widths.SelectMany(w => (int[])[1, 2], (w, t) => (w, t))];
        float[][] allReference = [];
        var rows = new List<BitMatrixRow>();
        foreach ((SimdWidth width, int threads) in settings)
        {
            using var crew = new Crew(threads, width);
            using var model = (SentenceEncoder)compiled.Load(new LoadOptions { Crew = crew });
            int step = width == SimdWidth.Scalar ? ScalarStep : 1;
            string[] texts = [.. all.Where((_, i) => i % step == 0)];
            float[][] alone = [.. texts.Select(t => model.Embed(t))];
            if (allReference.Length == 0) allReference = alone;
            float[][] reference = [.. allReference.Where((_, i) => i % step == 0)];
            var different = new List<int> { Count(reference, alone) };
            foreach (int[] order in Orders(texts.Length))
            {
                cancellation.ThrowIfCancellationRequested();
                different.Add(Count(reference, Embed(model, texts, order)));
            }

            different.Add(Count(reference, [.. texts.Select((t, i) => Behind(model, texts[(i + 1) % texts.Length], t))]));
            rows.Add(new BitMatrixRow(width.ToString(), threads, texts.Length, different));
            progress?.Report((double)rows.Count / settings.Length);
        }

        return rows;
    }

    private static IEnumerable<int[]> Orders(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        yield return order;
        yield return [.. order.Reverse()];
        int[] shuffled = [.. order];
        new Random(1).Shuffle(shuffled);
        yield return shuffled;
    }

    /// <summary>All texts in one call, in that order; the result in the order of the texts.</summary>
    private static float[][] Embed(SentenceEncoder model, string[] texts, int[] order)
    {
        int width = model.Facts.Dimension;
        var flat = new float[order.Length * width];
        model.Embed([.. order.Select(i => texts[i])], flat);
        var result = new float[order.Length][];
        for (int place = 0; place < order.Length; place++) result[order[place]] = flat[(place * width)..((place + 1) * width)];
        return result;
    }

    private static float[] Behind(SentenceEncoder model, string first, string second)
    {
        var flat = new float[2 * model.Facts.Dimension];
        model.Embed([first, second], flat);
        return flat[model.Facts.Dimension..];
    }

    private static int Count(float[][] reference, float[][] actual)
    {
        int different = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            if (!System.Runtime.InteropServices.MemoryMarshal.AsBytes(reference[i].AsSpan()).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(actual[i].AsSpan()))) different++;
        }

        return different;
    }
}
