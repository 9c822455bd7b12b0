using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Tensors of reference results, which must be there.</summary>
internal static class GoldenTensors
{
    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static float[] Singles(this SafeTensorsFile file, string name) => file.ReadSingles(file.Find(name) ?? throw Missing(file, name));

    /// <summary>The bytes of a tensor.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static byte[] Bytes(this SafeTensorsFile file, string name) => file.ReadBytes(file.Find(name) ?? throw Missing(file, name));

    private static InvalidDataException Missing(SafeTensorsFile file, string name) => new($"{file.FilePath}: '{name}' is missing");
}
