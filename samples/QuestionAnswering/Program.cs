// Answers a question from a document of any length: it is read in windows that overlap, and each answer is a place in the document.
// Give it a question answerer, such as deepset/roberta-base-squad2:
//   dotnet run --project samples/QuestionAnswering -p:Model=/models/roberta-base-squad2 -- report.txt "Who signed the contract?"
using BertCompiler;
using QuestionAnswering;

using Model model = Model.Load();
string document = args.Length > 0 ? File.ReadAllText(args[0]) : File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "document.txt"));
string question = args.Length > 1 ? args[1] : "Who built the first lighthouse?";

foreach (Answer answer in model.Answer(question, document, new AnswerOptions { Top = 3, HandleImpossible = true }))
{
    Console.WriteLine(answer.IsImpossible ? $"{answer.Score,8:P1}  (the document does not say)" : $"{answer.Score,8:P1}  {answer.Text.ReplaceLineEndings(" ")}  at {answer.Span.Start}");
}
