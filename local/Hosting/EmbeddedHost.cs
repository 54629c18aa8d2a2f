using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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

    private EmbeddedHost(WebApplication app, DurableEngine engine, string functionKey)
    {
        this.app = app;
        this.engine = engine;
        FunctionKey = functionKey;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The key that non-anonymous functions ask for.</summary>
    public string FunctionKey { get; }

    /// <summary>The client of the embedded engine.</summary>
    public DurableTaskClient Client => engine.Client;

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts the host; null when the app's own registration refused.</summary>
    /// <exception cref="InvalidOperationException">The folder or the port is in use, or a function cannot be hosted.</exception>
    public static async Task<EmbeddedHost?> StartAsync(EmbeddedHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hostJson = HostJson.Read(options.HostJson);
        var functions = FunctionCatalog.Of(options.Assemblies);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Configure(builder, options, hostJson);
        DurableEngine? engine = null;
        builder.Services.AddSingleton(provider => new FunctionInvoker(provider.GetRequiredService<IServiceScopeFactory>(), () => engine!.Client));
        builder.Services.AddSingleton(_ => FunctionKeys.In(options.DataFolder));
        builder.Services.AddSingleton<HttpFunctions>();
        builder.Services.AddHostedService(provider => new TimerFunctions(
            functions,
            provider.GetRequiredService<FunctionInvoker>(),
            provider.GetRequiredService<IConfiguration>(),
            options.TimeProvider,
            provider.GetRequiredService<ILogger<TimerFunctions>>()));
        if (!options.Configure(builder))
        {
            return null;
        }

        var app = builder.Build();
        engine = await DurableEngine.StartAsync(
            new()
            {
                Folder = options.DataFolder,
                TimeProvider = options.TimeProvider,
                LoggerFactory = app.Services.GetRequiredService<ILoggerFactory>(),
            },
            DurableRegistration.Of(functions, app.Services),
            cancellationToken);
        app.Services.GetRequiredService<HttpFunctions>().Map(app, functions, hostJson.RoutePrefix);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException inUse)
        {
            await engine.DisposeAsync();
            await app.DisposeAsync();
            throw new InvalidOperationException($"Expected to listen on {options.Url}, found that nobody can: {inUse.Message} Choose another address.", inUse);
        }

        return new(app, engine, app.Services.GetRequiredService<FunctionKeys>().Default);
    }

    /// <summary>Ends when the process is asked to.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await engine.DisposeAsync();
        await app.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder, EmbeddedHostOptions options, HostJson hostJson)
    {
        builder.WebHost.UseUrls(options.Url.ToString());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddMvcCore();
        builder.Services.TryAddSingleton(options.TimeProvider);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        foreach (var (category, level) in hostJson.LogLevels)
        {
            if (category.Equals("default", StringComparison.OrdinalIgnoreCase))
            {
                builder.Logging.SetMinimumLevel(level);
            }
            else
            {
                builder.Logging.AddFilter(category, level);
            }
        }

        if (options.LeastLogLevel is { } least)
        {
            builder.Logging.AddFilter((_, level) => level >= least);
        }
    }
}
