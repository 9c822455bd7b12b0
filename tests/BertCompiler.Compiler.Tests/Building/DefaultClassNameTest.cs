using BertCompiler.Core.Emit;
using BertCompiler.Tasks;

namespace BertCompiler.Compiler.Tests.Building;

public sealed class DefaultClassNameTest
{
    [Theory]
    [InlineData("Shop", "all-MiniLM-L6-v2", "Shop.AllMiniLML6V2")]
    [InlineData("", "all-MiniLM-L6-v2", "AllMiniLML6V2")]
    [InlineData("  ", "x", "X")]
    [InlineData("My-App.2nd.class", "x", "My_App._2nd._class.X")]
    [InlineData("A..B", "x", "A.B.X")]
    [InlineData("Shop", "1-model", "Shop._1Model")]
    [InlineData("Shop", "класс", "Shop.Класс")]
    [InlineData("Shop", "模型", "Shop.模型")]
    [InlineData("Shop", "my model!", "Shop.MyModel")]
    [InlineData("Shop", "class", "Shop.Class")]
    [InlineData("Shop", "dots..", "Shop.Dots")]
    [InlineData("Shop", "...", "Shop.Model")]
    [InlineData("Shop", "😀", "Shop.Model")]
    [InlineData("Shop", "embed", "Shop.EmbedModel")]
    public void Any_folder_gives_a_name(string space, string folder, string expected)
    {
        string name = DefaultClassName.Of(space, "/models/" + folder, ofTokenizer: false);
        Assert.Equal(expected, name);
        Assert.Null(ClassNames.Problem(name));
    }

    [Fact]
    public void A_tokenizer_has_other_members() => Assert.Equal("Shop.VocabularySizeWords", DefaultClassName.Of("Shop", "/models/vocabulary-size", ofTokenizer: true));
}
