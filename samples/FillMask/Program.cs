// Fills the masks of a text with the likeliest words. Give it a masked language model, such as bert-base-uncased:
//   dotnet run --project samples/FillMask -p:Model=/models/bert-base-uncased -- "Paris is the [MASK] of France."
using BertCompiler;
using FillMask;

using Model model = Model.Load();
string text = args.Length > 0 ? args[0] : $"Paris is the {model.Tokenizer.TextOf(model.Tokenizer.MaskId)} of France.";

foreach (MaskPrediction mask in model.FillMask(text, top: 5))
{
    foreach (FilledMask filled in mask.Candidates) Console.WriteLine($"{filled.Score,8:P1}  {filled.Sequence}");
}
