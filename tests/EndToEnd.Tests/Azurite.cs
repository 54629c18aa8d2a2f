using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Microsoft's own storage emulator, its tables in memory, as a process of its own.</summary>
public sealed class Azurite() : AzuriteService("table", "Table");

/// <summary>The same with blobs.</summary>
public sealed class AzuriteBlobs() : AzuriteService("blob", "Blob");

/// <summary>One service of the emulator.</summary>
/// <param name="service">Its name in the emulator.</param>
/// <param name="endpoint">Its name in connection strings.</param>
public abstract class AzuriteService(string service, string endpoint) : IAsyncLifetime
{
    // The emulator's well-known account and key.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Process? process;

    /// <summary>The connection string of the service.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        await RunAsync("bash", RepositoryFolder.Of("tests", "setup"));
        var port = FreePort();
        process = Start("node", RepositoryFolder.Of("artifacts", "azurite", "node_modules", "azurite", "dist", "src", service, "main.js"), $"--{service}Port", $"{port}", "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck", "--silent");
        using var http = new HttpClient();
        while (!await AnswersAsync(http, port))
        {
            process.HasExited.ShouldBeFalse("the storage emulator has ended");
        }

        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};{endpoint}Endpoint=http://127.0.0.1:{port}/devstoreaccount1;";
    }

    public ValueTask DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var run = Start(program, arguments);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(0, await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
