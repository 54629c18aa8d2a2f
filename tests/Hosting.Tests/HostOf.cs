using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Local.Hosting;

namespace Hosting.Tests;

/// <summary>Hosts some function classes on a free port with a data folder of their own.</summary>
/// <param name="types">The classes.</param>
internal sealed class HostOf(params Type[] types) : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hosting-tests-").FullName;
    private EmbeddedHost? host;

    public string HostJson { get; init; } = """{ "version": "2.0", "logging": { "logLevel": { "default": "Error" } } }""";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Uri Url { get; init; } = new("http://127.0.0.1:0");

    public Dictionary<string, string?> Settings { get; init; } = [];

    public Action<IServiceCollection> Register { get; init; } = _ => { };

    public bool Accepts { get; init; } = true;

    public LogLines Log { get; } = new();

    public EmbeddedHost Host => host ?? throw new InvalidOperationException("It has not been started.");

    public HttpClient Http { get; } = new();

    public string DataFolder => Path.Combine(folder, "data");

    public async Task<HostOf> StartAsync()
    {
        var hostJson = Path.Combine(folder, "host.json");
        await File.WriteAllTextAsync(hostJson, HostJson);
        host = await EmbeddedHost.StartAsync(new()
        {
            Assemblies = [new SomeTypes(types)],
            Configure = Configure,
            DataFolder = DataFolder,
            HostJson = hostJson,
            Url = Url,
            TimeProvider = Time,
        });
        if (host is not null)
        {
            Http.BaseAddress = host.Address;
        }

        return this;
    }

    public bool HasStarted => host is not null;

    public async Task StopAsync()
    {
        await Host.DisposeAsync();
        host = null;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private bool Configure(IHostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        Register(builder.Services);
        return Accepts;
    }

    /// <summary>An assembly of these classes only, so that each test hosts what it is about.</summary>
    private sealed class SomeTypes(Type[] types) : Assembly
    {
        public override Type[] GetTypes() => types;
    }
}
