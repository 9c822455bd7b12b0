// One file of 21 MB (the program 2, the model 19) that turns texts into vectors; it needs no .NET, no Python and no network:
//   dotnet publish samples/NativeAot -o out && out/embed "A fast typed model." "A quick model with types."
using System.Globalization;
using NativeAotSample;

using Embedder model = Embedder.Load();
string[] texts = args.Length > 0 ? args : ["A fast typed model."];
float[][] vectors = [.. texts.Select(text => model.Embed(text))];

for (int i = 0; i < texts.Length; i++)
{
    string first = string.Join(", ", vectors[i].Take(4).Select(x => x.ToString("F4", CultureInfo.InvariantCulture)));
    float similarity = vectors[0].Zip(vectors[i], (a, b) => a * b).Sum(); // both have length 1: their product is the cosine
    Console.WriteLine(FormattableString.Invariant($"{similarity:F4}  [{first}, …]  {texts[i]}"));
}
