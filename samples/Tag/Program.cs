// Names, places and other things in a text, however long. Give it a token classifier, such as dslim/bert-base-NER:
//   dotnet run --project samples/Tag -p:Model=/models/bert-base-NER -- "Ada Lovelace wrote to Charles Babbage from London."
using BertCompiler;
using Tag;

using Model model = Model.Load();
string text = args.Length > 0 ? args[0] : "Ada Lovelace wrote to Charles Babbage from London.";

foreach (Entity entity in model.Tag(text))
{
    // The text is cut from the original: case, accents and blanks are as they were written.
    Console.WriteLine($"{entity.Score,8:P1}  {entity.Kind,-8}  {entity.Text}  at {entity.Span.Start}");
}
