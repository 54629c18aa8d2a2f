using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine;

namespace Orchestrator.Local.Hosting;

/// <summary>
/// Runs a function app in one process: the same function classes, routes, bindings and keys as under the Functions host, with the
/// embedded durable engine beneath.
/// </summary>
public sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DurableEngine engine;
    private int disposed;

    private EmbeddedHost(WebApplication app, DurableEngine engine, string functionKey)
    {
        this.app = app;
        this.engine = engine;
        FunctionKey = functionKey;
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The key that non-anonymous functions ask for.</summary>
    public string FunctionKey { get; }

    /// <summary>The client of the embedded engine.</summary>
    public DurableTaskClient Client => engine.Client;

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts the host; null when the app's own registration refused.</summary>
    /// <exception cref="InvalidOperationException">
    /// The address is in use, <c>host.json</c> cannot be read, or a function or a timer cannot be hosted (all of them are listed).
    /// </exception>
    /// <exception cref="EngineFolderInUseException">Another process holds the data folder.</exception>
    public static async Task<EmbeddedHost?> StartAsync(EmbeddedHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hostJson = await HostJson.ReadAsync(options.HostJson, cancellationToken);
        var functions = FunctionCatalog.Of(options.Assemblies);
        var client = new TaskCompletionSource<DurableTaskClient>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddEmbeddedHost(options, hostJson);
        builder.Services.AddSingleton(provider => new FunctionInvoker(provider, client.Task));
        if (!options.Configure(builder))
        {
            return null;
        }

        builder.Services.AddSingleton(TimerFunction.Of(functions, builder.Configuration));
        builder.Services.AddHostedService<TimerFunctions>();
        var app = builder.Build();
        DurableEngine? engine = null;
        try
        {
            var invoker = app.Services.GetRequiredService<FunctionInvoker>();
            engine = await StartEngineAsync(options, hostJson, functions, invoker, app.Services, cancellationToken);
            client.SetResult(engine.Client);
            var keys = await FunctionKeys.OpenAsync(options.DataFolder, cancellationToken);
            new HttpFunctions(invoker, keys, app.Services.GetRequiredService<ILogger<HttpFunctions>>()).Map(app, functions, hostJson);
            await ListenAsync(app, options.Url, cancellationToken);
            return new(app, engine, keys.Default);
        }
        catch
        {
            if (engine is not null)
            {
                await engine.DisposeAsync();
            }

            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends when the process is asked to.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops listening, lets running requests end, then stops the engine: running activities run again after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await app.StopAsync();
        await engine.DisposeAsync();
        await app.DisposeAsync();
    }

    private static Task<DurableEngine> StartEngineAsync(
        EmbeddedHostOptions options,
        HostJson hostJson,
        IReadOnlyList<FunctionMethod> functions,
        FunctionInvoker invoker,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        var engine = new DurableEngineOptions
        {
            Folder = options.DataFolder,
            DefaultVersion = hostJson.WorkflowVersion,
            Idle = options.Idle,
            TimeProvider = options.TimeProvider,
            LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
        };
        return DurableEngine.StartAsync(
            hostJson.ActivitiesAtOnce is { } most ? engine with { MaxConcurrentActivities = most } : engine,
            DurableRegistration.Of(functions, invoker),
            cancellationToken);
    }

    private static async Task ListenAsync(WebApplication app, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            throw new InvalidOperationException($"Expected to listen on {url}, found that this process cannot: {refused.Message} Choose another address.", refused);
        }
    }
}
