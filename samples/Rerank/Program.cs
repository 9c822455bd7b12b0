// Orders documents by how well they answer a query. Give it a cross-encoder, such as cross-encoder/ms-marco-MiniLM-L6-v2:
//   dotnet run --project samples/Rerank -p:Model=/models/ms-marco-MiniLM-L6-v2 -- "how do vaccines work" first.txt second.txt
using BertCompiler;
using Rerank;

using Model model = Model.Load();
string query = args.Length > 0 ? args[0] : "how do vaccines work";
string[] documents = args.Length > 1
    ? [.. args[1..].Select(File.ReadAllText)]
    : ["A lighthouse warns ships of rocks.", "Vaccines teach the immune system to recognise a germ before it arrives.", "Bread rises because of yeast."];

foreach (RankedDocument document in model.Rerank(query, documents))
{
    Console.WriteLine($"{document.Score,10:F4}  {document.Text.ReplaceLineEndings(" ")}");
}
