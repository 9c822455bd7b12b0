using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Runs a model on ids, where a case cuts texts as the typed classes do not.</summary>
internal static class RawLogits
{
    public static float[] Of(EncoderModel model, int[] ids, int[] types)
    {
        var batch = new TokenBatch();
        batch.Add(ids, model.Facts.TokenTypes > 1 ? types : []);
        var outputs = new CapturedOutputs();
        model.Run(batch, outputs);
        return outputs["logits"].ToArray();
    }
}
