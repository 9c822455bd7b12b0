using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>Programs of users that dispose, forget and cancel in every order: none of them ends by a crash.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class LifetimeTests(Workshop workshop)
{
    private static readonly string[] _expected =
    [
        "a tokenizer alone, Count after Dispose: ObjectDisposedException",
        "a model's tokenizer, Count after the model's Dispose: ObjectDisposedException",
        "hidden states, read after Dispose: ObjectDisposedException",
        "Embed after Dispose, on four threads: ObjectDisposedException",
        "Dispose twice, and on eight threads at once: fine",
        "Dispose while four threads embed, 20 times: running calls end well, new ones are refused: fine",
        "50 models and 50 tokenizers that nobody disposes of: fine",
        "a million texts, cancelled after 200 ms: OperationCanceledException",
        "a flipped bit in the weights, loaded as always: fine",
        "a flipped bit in the weights, loaded with VerifyContent: the content is damaged",
        "sound weights, loaded with VerifyContent: fine",
        "alive",
    ];

    [NativeAotFact]
    public void Every_order_ends_in_a_result_or_an_exception()
    {
        Consumer project = Project("Lifetimes", "Lifetimes.cs", "", "<PublishAot>true</PublishAot>");
        project.Dotnet("build").Succeeded();
        Assert.Equal(_expected, Command.Dotnet(project.Folder, Path.Combine(project.Output, "Lifetimes.dll")).Succeeded().Lines);
        string folder = Path.Combine(project.Folder, "out");
        project.Dotnet("publish", "-c", "Release", "--use-current-runtime", "-o", folder).Succeeded();
        Assert.Equal(_expected, Command.Run(project.Folder, Path.Combine(folder, "Lifetimes")).Succeeded().Lines);
    }

    /// <summary>A service that hears of the end stops at once; one that does not is left running while the host disposes of the model.</summary>
    [Fact]
    public void A_host_that_stops_while_texts_are_embedded_ends_with_0()
    {
        Consumer project = Project("Host", "Host.cs", """<FrameworkReference Include="Microsoft.AspNetCore.App" /><Using Include="Microsoft.AspNetCore.Builder" /><Using Include="Microsoft.AspNetCore.Hosting" /><Using Include="Microsoft.AspNetCore.Http" /><Using Include="Microsoft.Extensions.DependencyInjection" /><Using Include="Microsoft.Extensions.Hosting" /><Using Include="Microsoft.Extensions.Logging" />""", "");
        project.Dotnet("build").Succeeded();
        string program = Path.Combine(project.Output, "Host.dll");
        Assert.Equal(["OperationCanceledException"], Command.Dotnet(project.Folder, program, "listens").Succeeded().Lines);
        Assert.Equal(["left alone"], Command.Dotnet(project.Folder, program, "ignores").Succeeded().Lines);
    }

    private Consumer Project(string name, string program, string items, string properties)
    {
        string text = File.ReadAllText(Path.Combine(SharedData.Repository, "tests", "BertCompiler.Build.Tests", "Programs", program));
        return workshop.Project(name, $"""{items}<BertModel Include="{Workshop.BundledModel}" Class="Lifetimes.Embedder" />""", text, properties);
    }
}
