using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace BertCompiler.Compiler.Tests.Importing.Pickle;

/// <summary>Writes pickles of protocol 2, opcode by opcode.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter() => Raw(0x80, 2);

    public PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Op('X');
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Raw(length).Raw(utf8);
    }

    public PickleWriter Number(BigInteger number)
    {
        byte[] bytes = number.ToByteArray();
        return Raw(0x8a, (byte)bytes.Length).Raw(bytes);
    }

    public PickleWriter Global(string module, string name) => Raw(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    /// <summary>A tuple of numbers.</summary>
    public PickleWriter Numbers(params IEnumerable<long> numbers)
    {
        Op('(');
        foreach (long number in numbers) Number(number);
        return Op('t');
    }

    /// <summary>A tensor over the storage <paramref name="key"/>.</summary>
    public PickleWriter Tensor(string storageClass, string key, long elements, long offset, long[] shape, long[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", storageClass).Text(key).Text("cuda:0").Number(elements).Op('t').Op('Q');
        return Number(offset).Numbers(shape).Numbers(strides).Raw(0x89).Global("collections", "OrderedDict").Raw((byte)')').Op('R').Op('t').Op('R');
    }

    public byte[] End() => Op('.')._bytes.ToArray();

    /// <summary>The archive of a state dict of contiguous fp32 tensors, one storage each.</summary>
    /// <param name="tensors">Names, shapes, values.</param>
    /// <param name="wrap">The key under which the state dict lies; null: it is the root.</param>
    public static byte[] Archive(IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors, string? wrap = null)
    {
        var writer = new PickleWriter();
        if (wrap is not null) writer.Op('}').Text(wrap);
        writer.Op('}');
        var zip = new ZipWriter();
        for (int i = 0; i < tensors.Count; i++)
        {
            (string name, long[] shape, float[] values) = tensors[i];
            string key = i.ToString(CultureInfo.InvariantCulture);
            writer.Text(name).Tensor("FloatStorage", key, values.Length, 0, shape, Contiguous(shape)).Op('s');
            zip.Add("archive/data/" + key, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        }

        if (wrap is not null) writer.Op('s');
        return zip.Add("archive/data.pkl", writer.End()).End();
    }

    private static long[] Contiguous(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--) (strides[i], stride) = (stride, stride * shape[i]);
        return strides;
    }
}
