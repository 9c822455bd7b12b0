// Scores the labels of texts; the labels are an enum that the compiler made of the model's id2label. Give it a sequence classifier, such as
// distilbert-base-uncased-finetuned-sst-2-english:
//   dotnet run --project samples/Classify -p:Model=/models/sst2 -- "What a lovely film." "I want my money back."
using BertCompiler;
using Classify;

using Model model = Model.Load();
string[] texts = args.Length > 0 ? args : ["What a lovely film.", "I want my money back."];

foreach ((string text, Classification<Model.Label> result) in texts.Zip(model.Classify(texts)))
{
    Console.WriteLine(text + (result.Truncated ? "  (cut: longer than the model reads)" : ""));
    foreach (LabelScore label in result.Ranked(top: 3)) Console.WriteLine($"{label.Score,8:P1}  {label.Label}");
}
