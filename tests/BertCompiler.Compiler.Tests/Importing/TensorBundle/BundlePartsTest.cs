using System.Text;
using BertCompiler.Tool.Importers.TensorBundle;

namespace BertCompiler.Compiler.Tests.Importing.TensorBundle;

/// <summary>Checksums, compression, numbers and names, each against its own definition.</summary>
public sealed class BundlePartsTest
{
    /// <summary>RFC 3720, appendix B.4, and the check value of CRC-32C.</summary>
    [Fact]
    public void Crc32C_gives_the_published_values()
    {
        Assert.Equal(0x8A91_36AAu, Crc32C.Append(0, new byte[32]));
        Assert.Equal(0x62A8_AB43u, Crc32C.Append(0, Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD_794Eu, Crc32C.Append(0, Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0xE306_9283u, Crc32C.Append(0, "123456789"u8));
        for (int i = 0; i <= 9; i++) Assert.Equal(0xE306_9283u, Crc32C.Append(Crc32C.Append(0, "123456789"u8[..i]), "123456789"u8[i..]));
    }

    /// <summary>Literals, and copies of each kind, by format_description.txt.</summary>
    [Theory]
    [InlineData(new byte[] { 3, 2 << 2, (byte)'a', (byte)'b', (byte)'c' }, "abc")]
    [InlineData(new byte[] { 10, 1 << 2, (byte)'a', (byte)'b', (4 << 2) | 1, 2 }, "ababababab")]
    [InlineData(new byte[] { 5, 1 << 2, (byte)'a', (byte)'b', (2 << 2) | 2, 2, 0 }, "ababa")]
    [InlineData(new byte[] { 3, 1 << 2, (byte)'a', (byte)'b', 3, 1, 0, 0, 0 }, "abb")]
    [InlineData(new byte[] { 3, 60 << 2, 2, (byte)'a', (byte)'b', (byte)'c' }, "abc")]
    [InlineData(new byte[] { 0 }, "")]
    public void Snappy_is_undone(byte[] compressed, string expected)
    {
        var bytes = new byte[Snappy.LengthOf(compressed)!.Value];
        Assert.True(Snappy.TryDecode(compressed, bytes));
        Assert.Equal(expected, Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData(new byte[] { 4, 2 << 2, (byte)'a', (byte)'b', (byte)'c' })]
    [InlineData(new byte[] { 2, 2 << 2, (byte)'a', (byte)'b', (byte)'c' })]
    [InlineData(new byte[] { 9, 0, (byte)'a', (4 << 2) | 1, 2 })]
    [InlineData(new byte[] { 9, 0, (byte)'a', (4 << 2) | 1, 0 })]
    [InlineData(new byte[] { 9, 0, (byte)'a', (4 << 2) | 1 })]
    [InlineData(new byte[] { 9, 63 << 2, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Snappy_refuses_what_is_not_sound(byte[] compressed) => Assert.False(Snappy.TryDecode(compressed, new byte[compressed[0]]));

    [Fact]
    public void Snappy_believes_no_length_that_cannot_be() => Assert.Null(Snappy.LengthOf([0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0]));

    [Fact]
    public void Numbers_end_with_64_bits()
    {
        ReadOnlySpan<byte> greatest = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01];
        Assert.True(Varint.TryRead(ref greatest, out ulong value));
        Assert.Equal(ulong.MaxValue, value);
        ReadOnlySpan<byte> more = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02];
        Assert.False(Varint.TryRead(ref more, out _));
        ReadOnlySpan<byte> open = [0x80];
        Assert.False(Varint.TryRead(ref open, out _));
    }

    [Theory]
    [InlineData("bert/embeddings/word_embeddings", "bert.embeddings.word_embeddings.weight")]
    [InlineData("bert/embeddings/LayerNorm/gamma", "bert.embeddings.LayerNorm.weight")]
    [InlineData("bert/encoder/layer_11/attention/self/query/kernel", "bert.encoder.layer.11.attention.self.query.weight")]
    [InlineData("bert/encoder/layer_0/output/LayerNorm/beta", "bert.encoder.layer.0.output.LayerNorm.bias")]
    [InlineData("cls/predictions/transform/dense/kernel", "cls.predictions.transform.dense.weight")]
    [InlineData("cls/predictions/output_bias", "cls.predictions.bias")]
    [InlineData("cls/seq_relationship/output_weights", "cls.seq_relationship.weight")]
    [InlineData("cls/squad/output_weights", "qa_outputs.weight")]
    [InlineData("output_bias", "classifier.bias")]
    [InlineData("bert/encoder/layer_01/output/dense/bias", "bert.encoder.layer_01.output.dense.bias")]
    [InlineData("electra/embeddings/word_embeddings", null)]
    [InlineData("bert/a.b/bias", null)]
    [InlineData("bert//bias", null)]
    public void Names_become_those_of_transformers(string name, string? expected) => Assert.Equal(expected, BertVariables.Find(name)?.Name);
}
