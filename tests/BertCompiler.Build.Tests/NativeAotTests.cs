namespace BertCompiler.Build.Tests;

/// <summary>From the package to a native executable.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class NativeAotTests
{
    private readonly Consumer _project;
    private readonly string _folder;

    public NativeAotTests(Workshop workshop)
    {
        _project = new Consumer(Path.Combine(workshop.Folder, "Native"), "Native");
        _folder = Path.Combine(_project.Folder, "out");
        if (Directory.Exists(_project.Folder)) return;
        string model = ModelFolders.Copy(Workshop.BundledModel, Path.Combine(_project.Folder, "all-MiniLM-L6-v2"));
        workshop.Project("Native", $"""<BertModel Include="{Path.GetFileName(model)}" />""", properties: "<PublishAot>true</PublishAot>")
            .WithModels("Native.AllMiniLML6V2");
        _project.Dotnet("restore", "--use-current-runtime").Succeeded();
    }

    [NativeAotFact]
    public void It_gives_the_numbers_and_needs_nothing_but_libc_libm_and_the_weights()
    {
        string weights = Publish();
        string program = Path.Combine(_folder, "Native");
        float[][] vectors = _project.Run(program, GoldenTexts.All);
        GoldenTexts.Check(vectors);

        _project.Dotnet("build").Succeeded();
        Assert.Equal(_project.Run(Path.Combine(_project.Output, "Native.dll"), GoldenTexts.All), vectors); // the same bits

        Assert.InRange(new FileInfo(program).Length, 1, 4 << 20);
        Assert.Equal(["Native", Path.GetFileName(weights), "Native.dbg"], Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        string[] libraries = [.. Command.Run(_folder, "ldd", program).Succeeded().Lines.Select(l => Path.GetFileName(l.Split(' ')[0]))];
        Assert.All(libraries, l => Assert.Contains(l, new[] { "linux-vdso.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2" }));
    }

    [NativeAotFact]
    public void Missing_and_damaged_weights_are_exceptions_that_say_so()
    {
        string weights = Publish();
        string program = Path.Combine(_folder, "Native");
        byte[] good = File.ReadAllBytes(weights);
        File.Delete(weights);
        Assert.StartsWith("FileNotFoundException: the weights are not there: " + weights, Refused(program), StringComparison.Ordinal);
        File.WriteAllBytes(weights, good[..^4096]);
        Assert.StartsWith("InvalidDataException: " + weights, Refused(program), StringComparison.Ordinal);
        File.WriteAllBytes(weights, good[..100]);
        Assert.StartsWith("InvalidDataException: " + weights, Refused(program), StringComparison.Ordinal);
        File.WriteAllText(weights, new string('x', 10_000));
        Assert.StartsWith("InvalidDataException: " + weights, Refused(program), StringComparison.Ordinal);
        File.WriteAllBytes(weights, good);
        Assert.Equal(GoldenTexts.Own.Length, _project.Run(program, GoldenTexts.Own).Length);
    }

    [Fact]
    public void A_slow_instruction_set_is_an_error_with_the_remedy()
    {
        foreach (string set in (string[])["x86-64-v2", "x86-64-v3%2c-avx2", "sse4.2%2caes"])
        {
            CommandResult result = _project.Dotnet("publish", "-r", "linux-x64", "--no-restore", "-p:IlcInstructionSet=" + set).Failed();
            Assert.Contains(result.Lines, l => l.Contains("error BERT3003: ", StringComparison.Ordinal) && l.Contains("Remove IlcInstructionSet", StringComparison.Ordinal));
        }
    }

    // Once for all tests; returns the path of the weights.
    private string Publish()
    {
        if (!Directory.Exists(_folder))
        {
            CommandResult publish = _project.Dotnet("publish", "-c", "Release", "-o", _folder).Succeeded();
            Assert.Contains("NativeAOT instruction set x86-64-v3", publish.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);
        }

        return Path.Combine(_folder, "Native.AllMiniLML6V2.bertw");
    }

    private string Refused(string program)
    {
        CommandResult result = _project.Start(program, GoldenTexts.Own);
        Assert.Equal(3, result.ExitCode);
        return result.Output;
    }
}
