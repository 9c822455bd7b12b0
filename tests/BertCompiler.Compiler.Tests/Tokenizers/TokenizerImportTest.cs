using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Core.Weights;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Importers;
using BertCompiler.Weights;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>A folder's tokenizer becomes a packed file and a manifest, alone as in a model.</summary>
public sealed class TokenizerImportTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-tokenizer-").FullName;

    private static string Bundled { get; } = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ItSaysWhatTheModelsManifestSays()
    {
        TokenizerManifest alone = Import(Bundled);
        Manifest model = ModelImporter.Import(Bundled, new ImportTarget(_folder, "model")).Manifest!;
        Assert.Equal(model.Spec.Tokenizer, alone.Tokenizer);
        Assert.Equal(model.TokenizerBytes, alone.TokenizerBytes);
        Assert.Equal("bundled-embedder", alone.Name);
        Assert.Equal(alone, TokenizerManifestText.Read(File.ReadAllText(Path.Combine(_folder, "alone.bertmanifest"))));
        byte[] packed = File.ReadAllBytes(Path.Combine(_folder, "alone.bertw")), weights = File.ReadAllBytes(Path.Combine(_folder, "model.bertw"));
        Assert.Equal(alone.FileBytes, packed.Length);
        Assert.True(weights.AsSpan(^(int)model.TokenizerBytes..).SequenceEqual(packed.AsSpan(TokenizerManifest.HeaderBytes)));
    }

    [Fact]
    public void AnEditorGetsTheManifestAlone()
    {
        TokenizerManifest full = Import(Bundled);
        TokenizerImportResult result = TokenizerImporter.ImportManifest(Bundled, new ImportTarget(_folder, "editor"));
        Assert.Equal(full with { ContentHash = new string('0', 64) }, result.Manifest);
        Assert.False(File.Exists(Path.Combine(_folder, "editor.bertw")));
    }

    [Fact]
    public void TheHeaderIsThatOfAllPackedFiles() => Assert.Equal(PackedHeader.Bytes, TokenizerManifest.HeaderBytes);

    [Fact]
    public void LoweringIsBertsOwnSwitch()
    {
        TokenizerDescription cased = TokenizerReader.Read(Bundled, tableRows: null).Tokenizer! with { Normalizers = [NormalizerSteps.CleanText, NormalizerSteps.SpaceIdeographs] };
        Assert.Equal([NormalizerSteps.CleanText, NormalizerSteps.SpaceIdeographs, NormalizerSteps.Lowercase], cased.Lowered().Normalizers);
        Assert.Equal(cased.Lowered().Normalizers, cased.Lowered().Lowered().Normalizers);
        TokenizerDescription other = cased with { Normalizers = [NormalizerSteps.ToNfkc] };
        Assert.Equal([NormalizerSteps.Lowercase, NormalizerSteps.ToNfkc], other.Lowered().Normalizers);
        Assert.False(cased.Lowers);
        Assert.True(other.Lowered().Lowers);
    }

    [Fact]
    public void ATextIsCutWhereNoStepReachesOver()
    {
        TokenizerDescription bert = TokenizerReader.Read(Bundled, tableRows: null).Tokenizer!;
        Assert.Equal(Core.Spec.TextPause.BehindSpace, bert.Pause);
        Assert.Equal(Core.Spec.TextPause.BetweenWords, (bert with { AddedTokens = [.. bert.AddedTokens, new("new", 5, AddedTokenFlags.Normalized)] }).Pause);
        Assert.Equal(Core.Spec.TextPause.Nowhere, (bert with { AddedTokens = [.. bert.AddedTokens, new("New York", 5, AddedTokenFlags.Normalized)] }).Pause);
        Assert.Equal(Core.Spec.TextPause.Nowhere, (bert with { AddedTokens = [.. bert.AddedTokens, new("new", 5, AddedTokenFlags.Normalized | AddedTokenFlags.LeftStrip)] }).Pause);
        Assert.Equal(Core.Spec.TextPause.BetweenWords, (bert with { Normalizers = [NormalizerSteps.ToNfc] }).Pause);
        Assert.Equal(Core.Spec.TextPause.Nowhere, (bert with { Normalizers = [NormalizerSteps.Strip(left: true, right: false)] }).Pause);
        Assert.Equal(Core.Spec.TextPause.Nowhere, With(SplitterSteps.Metaspace('\u2581', nameof(PrependScheme.First), split: true)));
        Assert.Equal(Core.Spec.TextPause.Nowhere, With(SplitterSteps.Metaspace('\u2581', nameof(PrependScheme.Always), split: false)));
        Assert.Equal(Core.Spec.TextPause.BetweenWords, With(SplitterSteps.Metaspace('\u2581', nameof(PrependScheme.Always), split: true)));
        Assert.Equal(Core.Spec.TextPause.Nowhere, With(SplitterSteps.Digits(individualDigits: true)));
        Assert.Equal(Core.Spec.TextPause.Nowhere, (bert with { PreTokenizers = [] }).Pause);

        Core.Spec.TextPause With(TokenizerStep step) => (bert with { PreTokenizers = [step] }).Pause;
    }

    [SharedTheory]
    [InlineData("odd4_split_regex_isolated", "$A", "$B $A")]
    [InlineData("roberta_gpt2bpe", "<s> $A </s>", "<s> $A </s> </s> $B </s>")]
    public void TemplatesAreWrittenOut(string name, string one, string pair)
    {
        TokenizerSpec spec = Import(SharedData.Require("golden", "tokenizers", name)).Tokenizer;
        Assert.Equal(one, Plain(spec.Template));
        Assert.Equal(pair, Plain(spec.PairTemplate));

        // odd4 has special tokens and types of its own: what counts here is the order of the texts.
        string Plain(string template) => name.StartsWith("odd", StringComparison.Ordinal) ? string.Join(' ', template.Split(' ').Where(t => t[0] == '$').Select(t => t[..2])) : template;
    }

    private TokenizerManifest Import(string folder)
    {
        TokenizerImportResult result = TokenizerImporter.Import(folder, new ImportTarget(_folder, "alone"));
        Assert.Empty(result.Problems);
        return result.Manifest!;
    }
}
