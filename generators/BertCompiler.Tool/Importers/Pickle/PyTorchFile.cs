using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Opens what <c>torch.save</c> wrote: a state dict, or a training state with one in it.</summary>
internal static class PyTorchFile
{
    private const int BeginningBytes = 64;
    private const int TarMark = 257;

    /// <summary>Memory for what is kept of a tensor, generously.</summary>
    private const int TensorBytes = 1024;

    /// <summary>Opens and checks a file, which the result owns.</summary>
    /// <exception cref="ImportException">Not sound; it is closed.</exception>
    public static Checkpoint Open(ByteSource source, CheckpointContext context)
    {
        try
        {
            return Read(source, context);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static Checkpoint Read(ByteSource source, CheckpointContext context)
    {
        byte[] beginning = source.ReadBeginning(BeginningBytes);
        ModelFile.RefuseLfsPointer(beginning, source.FilePath);
        RefuseOthers(source, beginning);
        PickledFile file = IsArchive(beginning) ? ZipFile.Read(source, context) : LegacyFile.Read(source, context);
        if (StateDict.Find(file.Root) is not { } state)
        {
            string found = file.Root is PickleMap ? "a dictionary without tensors" : PickleCalls.Describe(file.Root);
            throw new ImportException(ProblemKinds.PickleMalformed, source.FilePath, $"{source.FileName}: {file.What} holds {found}; expected a state dict: names and tensors");
        }

        context.Budget.Spend((long)TensorBytes * state.Entries.Count, ProblemKinds.PickleMalformed, source, $"a state dict of {state.Entries.Count} entries");
        var checker = new ViewChecker(source, file);
        IReadOnlyList<TensorView> views = [.. StateDict.Tensors(state).Select(t => checker.Check(t.Name, t.Tensor))];
        var whole = new WholeTensor();
        if (!FairseqNames.AreIn(views)) return new Checkpoint(views.Select(v => (v.Describe(source.FilePath), v.Data(source, whole))), CheckpointFacts.None, source);
        FairseqModel model = new FairseqNames(source).Translate(views);
        return new Checkpoint(
            model.Views.Select(v => (v.Describe(source.FilePath), v.Data(source, whole))).Concat(model.MissingTables.Select(t => (t, (TensorData?)new Zeros()))),
            new CheckpointFacts { Config = FairseqConfig.Of(file.Root, model) },
            source);
    }

    private static bool IsArchive(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK\u0003\u0004"u8) || beginning.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Names what a person most likely has instead.</summary>
    private static void RefuseOthers(ByteSource source, ReadOnlySpan<byte> beginning)
    {
        string? found = null;
        if (beginning.IsEmpty) found = "an empty file";
        else if (beginning[0] == (byte)'<') found = "a web page: the download went wrong";
        else if (new SafeTensors.SafeTensorsFormat().Matches("", beginning)) found = "a safetensors file: call it model.safetensors";
        if (found is not null) throw new ImportException(ProblemKinds.PickleMalformed, source.FilePath, $"{source.FileName} is no PyTorch file but {found}");
        Span<byte> mark = stackalloc byte[5];
        if (source.Length < TarMark + mark.Length) return;
        source.Read(mark, TarMark);
        if (mark.SequenceEqual("ustar"u8)) throw new ImportException(ProblemKinds.PickleUnsupported, source.FilePath, $"{source.FileName} is a tar archive, as PyTorch wrote them in 2016; save it again with a newer one");
    }
}
