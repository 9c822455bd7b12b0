using System.Diagnostics;

namespace BertCompiler.Build.Tests;

/// <summary>
/// A model that changes under a project, and under a running program: the next build has the new one, and the program keeps its own. The folder
/// has the layout of old sentence-transformers, in which everything lies one folder down and config.json says nothing.
/// </summary>
[Collection(WorkshopGroup.Name)]
public sealed class StaleBuildTests
{
    private readonly Consumer _project;
    private readonly string _transformer, _program, _packed, _built;

    public StaleBuildTests(Workshop workshop)
    {
        _project = new Consumer(Path.Combine(workshop.Folder, "Stale"), "Stale");
        _transformer = Path.Combine(_project.Folder, "model", "0_Transformer");
        _program = Path.Combine(_project.Output, "Stale.dll");
        _packed = Path.Combine(_project.Imported, "Shop.Old.bertw");
        _built = Path.Combine(_project.Output, "Shop.Old.bertw");
        if (Directory.Exists(_project.Folder)) return;
        workshop.Project("Stale", """<BertModel Include="model" Class="Shop.Old" />""", program: """
            using var model = Shop.Old.Load();
            do
            {
                float[] v = model.Embed("how our bodies fight infections");
                Console.WriteLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(v))));
            }
            while (Console.ReadLine() is not null);
            """);
        ModelFolders.Copy(Workshop.BundledModel, _transformer);
        string model = Path.Combine(_project.Folder, "model");
        Directory.Move(Path.Combine(_transformer, "1_Pooling"), Path.Combine(model, "1_Pooling"));
        File.Delete(Path.Combine(_transformer, "tokenizer.json"));
        string modules = Path.Combine(_transformer, "modules.json");
        File.WriteAllText(Path.Combine(model, "modules.json"), File.ReadAllText(modules).Replace("\"path\": \"\"", "\"path\": \"0_Transformer\"", StringComparison.Ordinal));
        File.Delete(modules);
        File.WriteAllText(Path.Combine(model, "config.json"), """{"__version__": "0.3.8"}""");
    }

    [Fact]
    public void Older_files_and_files_in_inner_folders_are_noticed()
    {
        string vocabulary = Path.Combine(_transformer, "vocab.txt"), weights = Path.Combine(_transformer, "model.safetensors");
        string first = Build();
        byte[] words = File.ReadAllBytes(vocabulary), numbers = File.ReadAllBytes(weights);
        string[] lines = File.ReadAllLines(vocabulary);
        (int a, int b) = (Array.IndexOf(lines, "how"), Array.IndexOf(lines, "our"));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        File.WriteAllLines(vocabulary, lines);
        string second = Build();
        Assert.NotEqual(first, second);

        // As cp -p, rsync -a, tar and unzip do it: the file is another and older than the build.
        File.WriteAllBytes(vocabulary, words);
        File.SetLastWriteTimeUtc(vocabulary, new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(first, Build());
        byte[] other = [.. numbers];
        other[^2] ^= 0x40;
        File.WriteAllBytes(weights, other);
        File.SetLastWriteTimeUtc(weights, new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.NotEqual(first, Build());
        File.WriteAllBytes(weights, numbers);
        Assert.Equal(first, Build());

        // Without the outer config.json, which says nothing, a build that changes nothing imports nothing.
        string config = Path.Combine(_project.Folder, "model", "config.json");
        File.Delete(config);
        Build();
        Assert.DoesNotContain("importing ", _project.Dotnet("build", "--no-restore", "-v:normal").Succeeded().Output, StringComparison.Ordinal);
        File.WriteAllText(config, """{"__version__": "0.3.8"}""");
    }

    [Fact]
    public void A_running_program_keeps_its_weights_while_the_next_build_gets_others()
    {
        string weights = Path.Combine(_transformer, "model.safetensors");
        byte[] numbers = File.ReadAllBytes(weights);
        string before = Build();
        using FileStream built = File.OpenRead(_built), packed = File.OpenRead(_packed);
        byte[] was = File.ReadAllBytes(_built);
        using Process program = Process.Start(new ProcessStartInfo("dotnet", [_program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal(before, program.StandardOutput.ReadLine());
            byte[] other = [.. numbers];
            other[^2] ^= 0x40;
            File.WriteAllBytes(weights, other);
            Assert.NotEqual(before, Build());
            program.StandardInput.WriteLine();
            Assert.Equal(before, program.StandardOutput.ReadLine()); // it neither dies nor mixes the two
            program.StandardInput.Close();
            Assert.True(program.WaitForExit(TimeSpan.FromMinutes(1)));
            Assert.Equal(0, program.ExitCode);
        }
        finally
        {
            program.Kill();
            File.WriteAllBytes(weights, numbers);
        }

        // The old files, which have no name any more.
        foreach (FileStream old in (FileStream[])[built, packed])
        {
            var bytes = new byte[old.Length];
            old.ReadExactly(bytes);
            Assert.Equal(was, bytes);
        }

        Assert.Empty(Directory.EnumerateFiles(_project.Output, "*.new"));
    }

    [Fact]
    public void A_build_mends_what_was_damaged_in_bin_and_in_obj()
    {
        string before = Build();
        byte[] good = File.ReadAllBytes(_packed);
        Truncate(_built);
        Assert.Equal(good, File.ReadAllBytes(_packed)); // bin/ and obj/ share no file
        Assert.Equal(before, Build());
        Truncate(_packed);
        Assert.Equal(before, Build());
        Assert.Equal(good, File.ReadAllBytes(_packed));
        Assert.Equal(good, File.ReadAllBytes(_built));
        string published = Path.Combine(_project.Folder, "published");
        _project.Dotnet("publish", "--no-restore", "-c", "Debug", "-o", published).Succeeded();
        Truncate(Path.Combine(published, "Shop.Old.bertw"));
        _project.Dotnet("publish", "--no-restore", "-c", "Debug", "-o", published).Succeeded();
        Assert.Equal(good, File.ReadAllBytes(Path.Combine(published, "Shop.Old.bertw")));

        static void Truncate(string path)
        {
            using FileStream file = File.OpenWrite(path);
            file.SetLength(100_000);
        }
    }

    [Fact]
    public void Files_that_the_import_reads_are_watched()
    {
        Build();
        string[] watched = _project.Dotnet("watch", "--list").Succeeded().Lines;
        Assert.All((string[])["vocab.txt", "config.json", "model.safetensors"], f => Assert.Contains(Path.Combine(_transformer, f), watched));
        Assert.DoesNotContain(Path.Combine(_transformer, "README.md"), watched);
        string checkedFiles = _project.Dotnet("msbuild", "-t:BertCollectUpToDateItems", "-getItem:UpToDateCheckInput", "-getItem:UpToDateCheckOutput").Succeeded().Output;
        Assert.Contains(Path.Combine(_transformer, "vocab.txt"), checkedFiles, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_project.Imported, "Shop.Old.imported"), checkedFiles, StringComparison.Ordinal);
    }

    // Builds; what the program says of a text.
    private string Build()
    {
        _project.Dotnet("build").Succeeded();
        return Assert.Single(Command.Dotnet(_project.Folder, _program).Succeeded().Lines, l => l.Length == 64);
    }
}
