using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace BertCompiler.Testing.Oracle;

/// <summary>
/// The Hugging Face tokenizers library in a Node process of its own (<c>tests/oracle</c>). It is installed by
/// <c>npm install --no-package-lock --prefix tests/oracle</c>; where it or Node is missing, <see cref="Missing"/> says so.
/// </summary>
/// <remarks>Not safe for several threads at once.</remarks>
public sealed class HuggingFaceOracle : IDisposable
{
    /// <summary>Threads that <see cref="HuggingFaceOracle(int)"/> gives the library unless told otherwise.</summary>
    public const int OneThread = 1;

    private readonly Process _process;
    private readonly Stream _requests;
    private readonly Stream _answers;

    /// <summary>Starts the process.</summary>
    /// <param name="threads">Threads that the library may encode a batch with.</param>
    /// <exception cref="InvalidOperationException">It cannot be started: see <see cref="Missing"/>.</exception>
    public HuggingFaceOracle(int threads = OneThread)
    {
        if (Missing is { } reason) throw new InvalidOperationException(reason);
        var start = new ProcessStartInfo(NodePath!, [Path.Combine(Folder, "oracle.cjs")])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["RAYON_NUM_THREADS"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["TOKENIZERS_PARALLELISM"] = threads > 1 ? "true" : "false";
        _process = Process.Start(start)!;
        _requests = _process.StandardInput.BaseStream;
        _answers = _process.StandardOutput.BaseStream;
    }

    /// <summary>Why the library cannot be asked here, or null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    private static string Folder => Path.Combine(SharedData.Repository, "tests", "oracle");

    private static string? NodePath => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => (string[])[Path.Combine(folder, "node"), Path.Combine(folder, "node.exe")])
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a tokenizer.json, its truncation and padding blocks switched off.</summary>
    /// <returns>The number that <see cref="Encode"/> knows it by.</returns>
    public int Open(string path) => BinaryPrimitives.ReadInt32LittleEndian(Ask(Encoding.UTF8.GetBytes("O" + path)));

    /// <summary>Encodes texts; they must not have lone surrogates.</summary>
    public OracleEncoding[] Encode(int tokenizer, IReadOnlyList<string> texts, bool addSpecialTokens = true)
    {
        using var request = new MemoryStream();
        WriteHead(request, 'E', tokenizer, addSpecialTokens);
        WriteTexts(request, texts);
        ReadOnlySpan<int> values = MemoryMarshal.Cast<byte, int>(Ask(request.ToArray()));
        var encodings = new OracleEncoding[texts.Count];
        for (int i = 0; i < encodings.Length; i++)
        {
            int n = values[0];
            encodings[i] = new(values.Slice(1, n).ToArray(), values.Slice(1 + n, n).ToArray(), values.Slice(1 + (2 * n), n).ToArray(), values.Slice(1 + (3 * n), n).ToArray());
            values = values[(1 + (4 * n))..];
        }

        return encodings;
    }

    /// <summary>Puts the texts of ids together again.</summary>
    public string[] Decode(int tokenizer, IReadOnlyList<int[]> lists, bool skipSpecialTokens)
    {
        using var request = new MemoryStream();
        WriteHead(request, 'D', tokenizer, skipSpecialTokens);
        WriteNumber(request, lists.Count);
        foreach (int[] ids in lists)
        {
            WriteNumber(request, ids.Length);
            request.Write(MemoryMarshal.AsBytes(ids.AsSpan()));
        }

        ReadOnlySpan<byte> answer = Ask(request.ToArray());
        string[] texts = new string[lists.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(answer);
            texts[i] = Encoding.UTF8.GetString(answer.Slice(4, length));
            answer = answer[(4 + length)..];
        }

        return texts;
    }

    /// <summary>Hands over the texts that <see cref="Time"/> encodes.</summary>
    public void Keep(IReadOnlyList<string> texts)
    {
        using var request = new MemoryStream();
        request.WriteByte((byte)'K');
        WriteTexts(request, texts);
        Ask(request.ToArray());
    }

    /// <summary>Times one pass over the kept texts.</summary>
    /// <param name="tokenizer">Number of the tokenizer.</param>
    /// <param name="batch">Texts of one call.</param>
    /// <param name="hash">Whether to hash the ids (outside the time).</param>
    public OracleTiming Time(int tokenizer, int batch, bool hash)
    {
        using var request = new MemoryStream();
        WriteHead(request, 'T', tokenizer, flag: true);
        WriteNumber(request, batch);
        request.WriteByte(hash ? (byte)1 : (byte)0);
        byte[] answer = Ask(request.ToArray());
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(answer.AsSpan(0, 24));
        return new(numbers[0], numbers[1], (long)numbers[2], Convert.ToHexString(answer.AsSpan(24, 32)));
    }

    public void Dispose()
    {
        _requests.Dispose();
        if (!_process.WaitForExit(5000)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static string? FindMissing()
    {
        if (NodePath is null) return "needs node on the path, to ask the Hugging Face tokenizers library";
        return Directory.Exists(Path.Combine(Folder, "node_modules", "@anush008", "tokenizers"))
            ? null
            : "needs the Hugging Face tokenizers library: npm install --no-package-lock --prefix tests/oracle";
    }

    private static void WriteHead(MemoryStream request, char kind, int tokenizer, bool flag)
    {
        request.WriteByte((byte)kind);
        WriteNumber(request, tokenizer);
        request.WriteByte(flag ? (byte)1 : (byte)0);
    }

    private static void WriteTexts(MemoryStream request, IReadOnlyList<string> texts)
    {
        WriteNumber(request, texts.Count);
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            WriteNumber(request, bytes.Length);
            request.Write(bytes);
        }
    }

    private static void WriteNumber(MemoryStream request, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        request.Write(bytes);
    }

    private byte[] Ask(byte[] body)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        _requests.Write(length);
        _requests.Write(body);
        _requests.Flush();
        _answers.ReadExactly(length);
        byte[] answer = new byte[BinaryPrimitives.ReadInt32LittleEndian(length) - 1];
        int status = _answers.ReadByte();
        _answers.ReadExactly(answer);
        return status == 0 ? answer : throw new InvalidOperationException("the Hugging Face library refused: " + Encoding.UTF8.GetString(answer));
    }
}
