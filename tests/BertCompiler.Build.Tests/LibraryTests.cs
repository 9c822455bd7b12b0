namespace BertCompiler.Build.Tests;

/// <summary>A library holds the models; the executable references the library and nothing else.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class LibraryTests
{
    private readonly Consumer _library;
    private readonly Consumer _program;

    public LibraryTests(Workshop workshop)
    {
        _library = new Consumer(Path.Combine(workshop.Folder, "WordLibrary"), "WordLibrary");
        _program = new Consumer(Path.Combine(workshop.Folder, "Reader"), "Reader");
        if (Directory.Exists(_library.Folder)) return;
        string model = Path.GetRelativePath(_library.Folder, ModelFolders.Copy(Workshop.BundledModel, Path.Combine(workshop.Folder, "library models", "one")));
        workshop.Project("WordLibrary", $"""
            <BertModel Include="{model}" Class="Words.Beside" />
            <BertModel Include="{model}" Class="Words.Inside" Weights="Embedded" />
            """, program: "", properties: "<OutputType>Library</OutputType>");
        workshop.Project("Reader", """<ProjectReference Include="../WordLibrary/WordLibrary.csproj" />""", properties: "<PublishAot>true</PublishAot>", reference: false)
            .WithModels("Words.Beside", "Words.Inside");
    }

    [Fact]
    public void Weights_flow_to_the_program()
    {
        _program.Dotnet("build").Succeeded();
        Assert.True(File.Exists(Path.Combine(_program.Output, "Words.Beside.bertw")));
        float[][] vectors = _program.Run(Path.Combine(_program.Output, "Reader.dll"), GoldenTexts.Own);
        int texts = GoldenTexts.Own.Length;
        Assert.Equal(vectors[..texts], vectors[texts..]);
    }

    [NativeAotFact]
    public void Native_executables_carry_the_librarys_embedded_weights_once()
    {
        string folder = Path.Combine(_program.Folder, "native");
        CommandResult publish = _program.Dotnet("publish", "-c", "Release", "-o", folder).Succeeded();
        Assert.Contains("NativeAOT instruction set x86-64-v3", publish.Output, StringComparison.Ordinal);
        long weights = new FileInfo(Path.Combine(folder, "Words.Beside.bertw")).Length;
        long program = new FileInfo(Path.Combine(folder, "Reader")).Length;
        Assert.InRange(program - weights, 0, 4 << 20);
        float[][] vectors = _program.Run(Path.Combine(folder, "Reader"), GoldenTexts.All);
        int texts = GoldenTexts.All.Length;
        GoldenTexts.Check(vectors[..texts]);
        Assert.Equal(vectors[..texts], vectors[texts..]);

        // The files are not what the embedded model reads.
        File.Delete(Path.Combine(folder, "Words.Beside.bertw"));
        CommandResult alone = _program.Start(Path.Combine(folder, "Reader"), GoldenTexts.Own);
        Assert.Equal(3, alone.ExitCode);
        Assert.StartsWith("FileNotFoundException: ", alone.Output, StringComparison.Ordinal);
    }
}
