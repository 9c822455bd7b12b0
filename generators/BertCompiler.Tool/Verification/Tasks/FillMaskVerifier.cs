using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>fill_mask</c>, with the sparse vectors of the same model.</summary>
internal sealed class FillMaskVerifier(ModelCache cache) : TaskVerifier(cache, "fill-mask")
{
    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        using MaskedLanguageModel model = Load<MaskedLanguageModel>(folder, cancellation);
        foreach (JsonElement row in folder.Rows()) FillMaskCases.Compare(model, row, tally);
        foreach (JsonElement row in folder.Rows("sparse.jsonl"))
        {
            SparsePooling pooling = Enum.Parse<SparsePooling>(row.Text("pooling"), ignoreCase: true);
            FillMaskCases.CompareSparse(model, row.Text("text"), row.GetProperty("vector").EnumerateArray(), new SparseOptions { Pooling = pooling }, tally);
        }

        CompareErrors(folder, model, tally);
    }

    /// <summary>What the pipeline refuses is refused.</summary>
    private static void CompareErrors(TaskFolder folder, MaskedLanguageModel model, CaseTally tally)
    {
        string mask = model.Tokenizer.TextOf(model.Tokenizer.MaskId)!;
        foreach (JsonProperty error in folder.Description.GetProperty("errors").EnumerateObject())
        {
            tally.Begin(error.Name);
            try
            {
                switch (error.Name)
                {
                    case "no_mask": model.FillMask("no mask"); break;
                    case "top_k_above_vocabulary": model.FillMask(mask, model.Facts.Vocabulary + 1); break;
                    case "empty_target_list": model.FillMask(mask, targets: []); break;
                    case "target_without_pieces": model.FillMask(mask, targets: [""]); break;
                    default: tally.Differ("unknown kind of error"); continue;
                }

                tally.Differ("nothing was refused");
            }
            catch (ArgumentException)
            {
                tally.Count(1);
            }
        }
    }
}
