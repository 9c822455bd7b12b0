namespace BertCompiler.Core.Emit;

/// <summary>How a generated class finds its packed file.</summary>
internal static class PackedFileCode
{
    /// <summary>Name of the file, beside the program or as a resource.</summary>
    public static string NameFor(SourceRequest request) => request.FullName + ".bertw";

    /// <summary>The method that opens it.</summary>
    /// <param name="w">The text.</param>
    /// <param name="request">The class.</param>
    /// <param name="method">Name of the method.</param>
    /// <param name="file">Name of the constant that holds the file's name.</param>
    /// <param name="bytes">Bytes of the file.</param>
    public static void WriteOpen(CodeWriter w, SourceRequest request, string method, string file, long bytes)
    {
        string function = "bert_weights_" + request.FullName.Replace('.', '_');
        w.Line($"private static global::BertCompiler.Weights.PackedWeights {method}(global::BertCompiler.LoadOptions? options) =>");
        if (request.Weights == WeightsPlace.File)
        {
            w.Line($"    global::BertCompiler.Weights.PackedWeights.OpenFile({file}, ContentHash, options);");
            return;
        }

        w.Line($"""
                options?.WeightsPath is null && global::BertCompiler.Weights.LinkedWeights.ArePresent
                    ? global::BertCompiler.Weights.PackedWeights.OpenLinked({function}(), {Literal.Integer(bytes)}, ContentHash, options)
                    : global::BertCompiler.Weights.PackedWeights.OpenEmbedded(typeof({request.ClassName}).Assembly, {file}, ContentHash, options);

            /// <summary>Address of the weights that the linker put into a NativeAOT executable.</summary>
            [global::System.Runtime.InteropServices.DllImport("bertcompiler_weights")]
            private static extern nint {function}();
            """);
    }
}
