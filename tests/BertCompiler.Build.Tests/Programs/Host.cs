// A web host with a background service that embeds 200,000 texts; it is asked to stop after half a second, while it is at it.
using Lifetimes;

bool listens = args is ["listens"];
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(listens ? 20 : 1));
builder.Services.AddSingleton(_ => Embedder.Load());
builder.Services.AddHostedService(services => new Indexer(services.GetRequiredService<Embedder>(), listens));
WebApplication host = builder.Build();
host.MapGet("/", (Embedder model, string text) => model.Embed(text));
await host.StartAsync();
await Task.Delay(500);
await host.StopAsync();
await host.DisposeAsync();
Console.WriteLine(listens ? Indexer.End : "left alone");
return 0;

internal sealed class Indexer(Embedder model, bool listens) : BackgroundService
{
    public static string End { get; private set; } = "never ended";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string[] texts = [.. Enumerable.Range(0, 200_000).Select(i => $"text number {i} says that vaccines teach the body what to fight")];
        await Task.Run(() =>
        {
            try
            {
                model.Embed(texts, new float[texts.Length * Embedder.Dimension], cancellationToken: listens ? stoppingToken : default);
                End = "done";
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                End = e.GetType().Name;
            }
        }, CancellationToken.None);
    }
}
