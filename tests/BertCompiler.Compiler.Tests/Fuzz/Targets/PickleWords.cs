using System.Text;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>Opcodes and names of pickles (CPython, <c>Lib/pickle.py</c>).</summary>
internal static class PickleWords
{
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. new[]
        {
            "cposix\nsystem\n", "cbuiltins\neval\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "ccollections\nOrderedDict\n", "ctorch\nFloatStorage\n", "ctorch\nBFloat16Storage\n",
            "ctorch\nLongStorage\n", "ctorch\nQInt8Storage\n", "cargparse\nNamespace\n", "ctorch\ndevice\n", "(", "t.", "0", "1", "2", ")R", "}", "]", "(d", "(l", "u", "s", "e", "a", "N", "b", "Q", "R", "o", "i", "p0\n", "g0\n",
            "I01\n", "I99999999999\n", "L5L\n", "F1e999\n", "V\\ud800\n", "S'a'\n", "K\x01", "weight_g", "state_dict", "model", "decoder.sentence_encoder.layers.0.self_attn.in_proj_weight", "\u0085", "\u0086", "\u0087",
        }.Select(Encoding.Latin1.GetBytes),
        [0x80, 4], [0x80, 5], [0x93], [0x94], [0x95, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0], [0x8a, 0xff], [0x8b, 0xff, 0xff, 0xff, 0x7f], (byte[])[(byte)'X', 0xff, 0xff, 0xff, 0x7f], [0x8d, 0, 0, 0, 0, 1, 0, 0, 0],
        (byte[])[(byte)'q', 0], (byte[])[(byte)'h', 0], (byte[])[(byte)'r', 0xff, 0xff, 0xff, 0x7f], (byte[])[(byte)'j', 0xff, 0xff, 0, 0], [0x81], [0x92], [0x8f], [0x90], [0x91], [0x97], [0x98], [0x82, 1], [0x88], [0x89],
        (byte[])[(byte)'J', 0xff, 0xff, 0xff, 0xff], (byte[])[(byte)'G', 0x7f, 0xf0, 0, 0, 0, 0, 0, 0],
    ];
}
