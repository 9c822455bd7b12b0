namespace BertCompiler.Build.Tests;

/// <summary>A project with tokenizers and no model.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class TokenizerTests
{
    private const string FileClass = "Shop.Words", EmbeddedClass = "Shop.Inside.Tokenizer";

    /// <summary>The ids that Hugging Face's documentation shows for bert-base-uncased, whose vocabulary the bundled model has.</summary>
    private const string Text = "Hello, world!", Ids = "101 7592 1010 2088 999 102";

    private const string Program = """
        using BertCompiler.Tokenization;

        foreach (Func<Tokenizer> load in (Func<Tokenizer>[])[() => Shop.Words.Load(), () => Shop.Inside.Tokenizer.Load()])
        {
            using Tokenizer tokenizer = load();
            if (tokenizer.VocabularySize != Shop.Words.VocabularySize) return 1;
            Console.WriteLine(string.Join(' ', tokenizer.Encode(args[0]).Ids()));
            Console.WriteLine(tokenizer.Decode(tokenizer.Encode(args[0]).Ids(), skipSpecialTokens: true));
        }

        return 0;
        """;

    private static readonly string[] _expected = [Ids, "hello, world!", Ids, "hello, world!"];

    private readonly Consumer _project;
    private readonly string _tokenizer;

    public TokenizerTests(Workshop workshop)
    {
        _project = new Consumer(Path.Combine(workshop.Folder, "Words"), "Words");
        _tokenizer = Path.Combine(_project.Folder, "bert");
        if (Directory.Exists(_project.Folder)) return;
        workshop.Project("Words", $"""
            <BertTokenizer Include="$(First)" Class="{FileClass}" Weights="$(Place)" Taps="$(FirstTaps)" />
            <BertTokenizer Include="bert/" Class="{EmbeddedClass}" Weights="embedded" />
            """, Program, "<First>bert</First><Place>File</Place>");
        Directory.CreateDirectory(_tokenizer);
        foreach (string name in (string[])["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]) File.Copy(Path.Combine(Workshop.BundledModel, name), Path.Combine(_tokenizer, name));
        Directory.CreateDirectory(Path.Combine(_project.Folder, "empty"));
        _project.Dotnet("restore").Succeeded();
    }

    [Fact]
    public void A_build_puts_the_tables_beside_and_into_the_program()
    {
        _project.Dotnet("build").Succeeded();
        Assert.True(File.Exists(Path.Combine(_project.Output, FileClass + ".bertw")));
        Assert.False(File.Exists(Path.Combine(_project.Output, EmbeddedClass + ".bertw")));
        Assert.Equal(_expected, _project.Dotnet(Path.Combine(_project.Output, "Words.dll"), Text).Succeeded().Lines);
    }

    [Fact]
    public void What_a_tokenizer_does_not_read_imports_nothing_again()
    {
        _project.Dotnet("build").Succeeded();
        File.WriteAllText(Path.Combine(_tokenizer, "model.safetensors"), "no tokenizer reads this");
        Assert.DoesNotContain(Build(), l => l.Contains("importing ", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path.Combine(_tokenizer, "tokenizer.json"), DateTime.UtcNow);
        Assert.Equal(2, Build().Count(l => l.Contains("importing ", StringComparison.Ordinal)));

        IReadOnlyList<string> Build() => _project.Dotnet("build", "--no-restore", "-v:normal").Succeeded().Lines;
    }

    [NativeAotFact]
    public void A_native_program_has_them_linked_in_and_needs_the_other_file_alone()
    {
        string folder = Path.Combine(_project.Folder, "out"), program = Path.Combine(folder, "Words");
        CommandResult publish = _project.Dotnet("publish", "-c", "Release", "-p:PublishAot=true", "--use-current-runtime", "-o", folder).Succeeded();
        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(_expected, Command.Run(folder, program, Text).Succeeded().Lines);
        Assert.Equal(["Shop.Words.bertw", "Words", "Words.dbg"], Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        long tables = new FileInfo(Path.Combine(folder, "Shop.Words.bertw")).Length;
        Assert.InRange(new FileInfo(program).Length, tables, tables + (3 << 20));

        // The names of all code that is in it: BERT's steps, and none of other tokenizers'.
        byte[] symbols = File.ReadAllBytes(program + ".dbg");
        Assert.All((string[])["WordPieceModel", "AccentNormalizer", "BertPreTokenizer"], name => Assert.True(Holds(name), name));
        Assert.All((string[])["UnigramModel", "BpeModel", "WordLevelModel", "PrecompiledNormalizer", "UnicodeFormNormalizer", "MetaspacePreTokenizer", "ByteLevelPreTokenizer", "TextPattern"], name => Assert.False(Holds(name), name));

        bool Holds(string name) => symbols.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) >= 0;
    }

    [Theory]
    [InlineData("BERT3001", "BertTokenizer Include=\"none\"", "-p:First=none")]
    [InlineData("BERT1304", "vocab.txt", "-p:First=empty")]
    [InlineData("BERT2004", "model.safetensors", "-p:Place=model.safetensors")]
    [InlineData("BERT2004", "hidden", "-p:FirstTaps=hidden")]
    public void What_is_wrong_is_named(string code, string words, string property)
    {
        CommandResult result = _project.Dotnet("build", "--no-restore", property).Failed();
        Assert.Contains(result.Lines, l => l.Contains($"error {code}: ", StringComparison.Ordinal) && l.Contains(words, StringComparison.Ordinal));
    }
}
