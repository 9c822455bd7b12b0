using System.Net.Sockets;
using System.Security.Cryptography;
using FsCheck.Xunit;
using SemanticSearch;
using SemanticSearch.Indexing;

namespace BertCompiler.Samples.Tests;

public sealed class IndexTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public IndexTest()
    {
        _folder.Write("texts/a.md", "# Alpha\n\nApples are red and round.\n");
        _folder.Write("texts/b.txt", "Bees build a hive of wax.\n");
        _folder.Write("texts/deep/c.txt", "Cats sleep for most of a day.\n");
    }

    private string IndexPath => _folder.At("search.index");

    public void Dispose() => _folder.Dispose();

    private BuildResult Update(ISentenceEncoder model, CancellationToken cancellation = default, params string[] places) =>
        new IndexKeeper(model, _said.Add).Update(
            new SearchOptions { Queries = [], Places = places.Length > 0 ? places : [_folder.At("texts")], Top = 3, Json = false, IndexPath = IndexPath }, cancellation);

    private BuildResult Update(ISentenceEncoder model, string index, bool rebuild) =>
        new IndexKeeper(model, _said.Add).Update(
            new SearchOptions { Queries = [], Places = [_folder.At("texts")], Top = 3, Json = false, IndexPath = index, Rebuild = rebuild }, default);

    [Fact]
    public void Only_what_changed_is_embedded_again()
    {
        Assert.Equal((3, 0), Counts(Update(new CountingModel())));
        var second = new CountingModel();
        Assert.Equal((0, 3), Counts(Update(second)));
        Assert.Empty(second.Embedded);

        _folder.Write("texts/b.txt", "Bees dance.\n");
        var third = new CountingModel();
        BuildResult result = Update(third);
        Assert.Equal((1, 2), Counts(result));
        Assert.Equal(["Bees dance."], third.Embedded);

        File.Delete(_folder.At("texts/a.md"));
        Assert.Equal(2, Update(new CountingModel()).Index.Files.Count);
        Assert.Equal(2, IndexReader.Read(IndexPath).Files.Count);
    }

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        SearchIndex built = Update(new CountingModel()).Index;
        Assert.Equal(IndexWriter.ToBytes(built), IndexWriter.ToBytes(IndexReader.Read(IndexPath)));
    }

    [Fact]
    public void Another_model_embeds_everything()
    {
        Update(new CountingModel());
        Assert.Equal((3, 0), Counts(Update(new CountingModel("other letters"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BERTS")]
    [InlineData("BERTSRCH")]
    [InlineData("BERTSRCH and more, of another version")]
    public void A_damaged_index_is_made_again_with_one_line(string content)
    {
        File.WriteAllText(IndexPath, content);
        Assert.Equal((3, 0), Counts(Update(new CountingModel())));
        Assert.Single(_said, line => line.Contains("made again", StringComparison.Ordinal));
        Assert.Equal((0, 3), Counts(Update(new CountingModel())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_not_an_index_is_never_replaced(bool rebuild)
    {
        string letter = _folder.Write("letter.md", "# To Ada\n\nThis is somebody's letter.\n");
        UserException e = Assert.Throws<UserException>(() => Update(new CountingModel(), letter, rebuild));
        Assert.Equal(ExitCodes.Failed, e.ExitCode);
        Assert.Contains(letter, e.Message, StringComparison.Ordinal);
        Assert.Equal("# To Ada\n\nThis is somebody's letter.\n", File.ReadAllText(letter));

        UserException folder = Assert.Throws<UserException>(() => Update(new CountingModel(), _folder.At("texts"), rebuild));
        Assert.Contains("folder", folder.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows()) return;
        string pipe = _folder.Pipe("pipe.index");
        Assert.Throws<UserException>(() => Update(new CountingModel(), pipe, rebuild));
        File.CreateSymbolicLink(_folder.At("link.index"), letter);
        Assert.Throws<UserException>(() => Update(new CountingModel(), _folder.At("link.index"), rebuild));
        Assert.Throws<UserException>(() => Update(new CountingModel(), "/dev/null", rebuild));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public async Task A_pipe_a_socket_and_a_device_are_not_texts_and_nobody_waits_for_them()
    {
        if (OperatingSystem.IsWindows()) return;
        string pipe = _folder.Pipe("texts/pipe.md");
        string link = _folder.At("link.txt");
        File.CreateSymbolicLink(link, pipe);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.At("texts/socket.txt")));
        Task<BuildResult> update = Task.Run(() => Update(new CountingModel(), default, _folder.At("texts"), link, "/dev/zero"));
        Assert.Same(update, await Task.WhenAny(update, Task.Delay(TimeSpan.FromSeconds(30))));
        Assert.Equal(3, (await update).Index.Files.Count);
        foreach (string name in (string[])["pipe.md", "socket.txt", "link.txt", "/dev/zero"])
        {
            Assert.Contains(_said, line => line.Contains(name + ": passed over: a pipe, socket or device", StringComparison.Ordinal));
        }
    }

    [Property(MaxTest = 300)]
    public void A_damaged_index_is_never_taken(uint place, byte change, bool cut)
    {
        if (!File.Exists(IndexPath)) Update(new CountingModel());
        byte[] bytes = File.ReadAllBytes(IndexPath);
        int at = (int)(place % bytes.Length);
        if (cut) bytes = bytes[..at];
        else bytes[at] ^= (byte)(change | 1);
        Assert.Throws<InvalidDataException>(() => IndexReader.Parse(bytes));
    }

    // With a right hash at its end: what a hash does not catch, the reader's own checks must.
    [Property(MaxTest = 1000)]
    public void A_forged_index_is_an_index_or_a_clear_error(uint place, int value)
    {
        if (!File.Exists(IndexPath)) Update(new CountingModel());
        byte[] content = File.ReadAllBytes(IndexPath)[..^IndexFormat.HashBytes];
        int at = (int)(place % (content.Length - sizeof(int)));
        BitConverter.TryWriteBytes(content.AsSpan(at), value);
        try
        {
            IndexReader.Parse([.. content, .. SHA256.HashData(content)]);
        }
        catch (InvalidDataException)
        {
        }
    }

    [Fact]
    public void Cancelled_work_keeps_the_files_that_are_done()
    {
        using var source = new CancellationTokenSource();
        var model = new CancellingModel(source);
        UserException e = Assert.Throws<UserException>(() => Update(model, source.Token));
        Assert.Equal(ExitCodes.Cancelled, e.ExitCode);
        Assert.Single(IndexReader.Read(IndexPath).Files);
        Assert.Equal((2, 1), Counts(Update(new CountingModel())));
        Assert.Equal([IndexPath], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        UserException none = Assert.Throws<UserException>(() => Update(new CountingModel(), default, _folder.At("nowhere")));
        Assert.Contains("no such file or folder", none.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, none.ExitCode);

        string binary = _folder.At("picture.txt");
        File.WriteAllBytes(binary, [1, 0, 2, 0]);
        UserException nothing = Assert.Throws<UserException>(() => Update(new CountingModel(), default, binary));
        Assert.Contains("no text", nothing.Message, StringComparison.Ordinal);
        Assert.Contains("binary", Assert.Single(_said), StringComparison.Ordinal);

        string latin = _folder.At("latin.txt");
        File.WriteAllBytes(latin, [(byte)'c', (byte)'a', (byte)'f', 0xE9]);
        Assert.Equal("caf\uFFFD", Update(new CountingModel(), default, latin).Index.Files[0].Passages[0].Text);
        Assert.Contains(_said, line => line.Contains("not valid UTF-8", StringComparison.Ordinal));
    }

    private static (int Embedded, int Reused) Counts(BuildResult result) => (result.Embedded, result.Reused);
}
