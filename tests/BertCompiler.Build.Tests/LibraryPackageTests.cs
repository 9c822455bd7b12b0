using System.IO.Compression;

namespace BertCompiler.Build.Tests;

/// <summary>
/// A library with models as a package; a program that uses it through another package, and has never heard of BertCompiler. The library is
/// packed as projects of several target frameworks are, by an outer and an inner build.
/// </summary>
[Collection(WorkshopGroup.Name)]
public sealed class LibraryPackageTests
{
    private readonly Workshop _workshop;
    private readonly Consumer _program;

    public LibraryPackageTests(Workshop workshop)
    {
        _workshop = workshop;
        _program = new Consumer(Path.Combine(workshop.Folder, "PackageUser"), "PackageUser");
        if (Directory.Exists(_program.Folder)) return;
        string version = $"<OutputType>Library</OutputType><Version>{workshop.Version}</Version><IsAotCompatible>true</IsAotCompatible>";
        Consumer words = workshop.Project("Packed.Words", """
            <BertModel Include="model" Class="Words.Beside" />
            <BertModel Include="model" Class="Words.Inside" Weights="Embedded" />
            """, program: "", properties: version + "<TargetFramework /><TargetFrameworks>net10.0</TargetFrameworks>");
        ModelFolders.Copy(Workshop.BundledModel, Path.Combine(words.Folder, "model"));
        words.Dotnet("pack", "-o", workshop.Feed).Succeeded();
        workshop.Project("Packed.Middle", Reference("Packed.Words"), properties: version, reference: false, program: """
            public static class Middle
            {
                public static BertCompiler.SentenceEncoder Beside() => Words.Beside.Load();

                public static BertCompiler.SentenceEncoder Inside() => Words.Inside.Load();
            }
            """).Dotnet("pack", "-o", workshop.Feed).Succeeded();
        workshop.Project("PackageUser", Reference("Packed.Middle"), reference: false, properties: "<PublishAot>true</PublishAot>")
            .With("Models.cs", "internal static class Models { public static Func<BertCompiler.SentenceEncoder>[] All => [Middle.Beside, Middle.Inside]; }");

        // A program with embedded weights of its own, which are linked in: then those of the library have to be, too.
        workshop.Project("PackageUserWithModel", Reference("Packed.Middle") + """<BertModel Include="../Packed.Words/model" Class="Own.Model" Weights="Embedded" />""",
            properties: "<PublishAot>true</PublishAot>")
            .With("Models.cs", "internal static class Models { public static Func<BertCompiler.SentenceEncoder>[] All => [() => Own.Model.Load(), Middle.Inside]; }");
    }

    [Fact]
    public void Weights_lie_beside_the_assembly_in_the_package_and_beside_the_program()
    {
        using (ZipArchive package = ZipFile.OpenRead(Path.Combine(_workshop.Feed, $"Packed.Words.{_workshop.Version}.nupkg")))
        {
            string[] files = [.. package.Entries.Select(e => e.FullName).Where(f => f.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
            Assert.Equal(["lib/net10.0/Packed.Words.dll", "lib/net10.0/Words.Beside.bertw"], files);
        }

        _program.Dotnet("build").Succeeded();
        float[][] vectors = _program.Run(Path.Combine(_program.Output, "PackageUser.dll"), GoldenTexts.Own);
        int texts = GoldenTexts.Own.Length;
        Assert.Equal(vectors[..texts], vectors[texts..]);
        string folder = Path.Combine(_program.Folder, "published");
        _program.Dotnet("publish", "-c", "Debug", "-p:PublishAot=false", "-o", folder).Succeeded();
        Assert.Equal(vectors, _program.Run(Path.Combine(folder, "PackageUser.dll"), GoldenTexts.Own));
    }

    [Fact]
    public void Packing_without_a_build_makes_the_weights_that_are_not_there()
    {
        var words = new Consumer(Path.Combine(_workshop.Folder, "Packed.Words"), "Packed.Words");
        string again = Path.Combine(words.Folder, "again");
        File.Delete(Path.Combine(words.Folder, "obj", "Release", "net10.0", "bert", "Words.Beside.bertw"));
        words.Dotnet("pack", "--no-build", "-o", again).Succeeded();
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(again, $"Packed.Words.{_workshop.Version}.nupkg"));
        Assert.NotNull(package.GetEntry("lib/net10.0/Words.Beside.bertw"));
    }

    [NativeAotFact]
    public void Native_executables_have_them_too()
    {
        string folder = Path.Combine(_program.Folder, "native");
        _program.Dotnet("publish", "-c", "Release", "-o", folder).Succeeded();
        float[][] vectors = _program.Run(Path.Combine(folder, "PackageUser"), GoldenTexts.All);
        int texts = GoldenTexts.All.Length;
        GoldenTexts.Check(vectors[..texts]);
        Assert.Equal(vectors[..texts], vectors[texts..]);
    }

    [NativeAotFact]
    public void Embedded_weights_of_the_library_are_linked_in_beside_the_programs_own()
    {
        var program = new Consumer(Path.Combine(_workshop.Folder, "PackageUserWithModel"), "PackageUserWithModel");
        string folder = Path.Combine(program.Folder, "native");
        program.Dotnet("publish", "-c", "Release", "-o", folder).Succeeded();
        long weights = new FileInfo(Path.Combine(folder, "Words.Beside.bertw")).Length;
        Assert.InRange(new FileInfo(Path.Combine(folder, "PackageUserWithModel")).Length - (2 * weights), 0, 6 << 20); // each once, and no resource
        float[][] vectors = program.Run(Path.Combine(folder, "PackageUserWithModel"), GoldenTexts.Own);
        int texts = GoldenTexts.Own.Length;
        Assert.Equal(vectors[..texts], vectors[texts..]);
    }

    private string Reference(string package) => $"<PackageReference Include=\"{package}\" Version=\"{_workshop.Version}\" />";
}
