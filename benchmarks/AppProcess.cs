using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Benchmarks;

/// <summary>A program of ours as a process of its own, so that its time and memory are its own.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(5);

    private readonly Process process;

    private AppProcess(Process process, Uri address, TimeSpan startup)
    {
        this.process = process;
        Address = address;
        Startup = startup;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to its first healthy answer.</summary>
    public TimeSpan Startup { get; }

    /// <summary>Starts a program that answers on <c>/api/health</c>, and waits until it does.</summary>
    /// <param name="assembly">The program.</param>
    /// <param name="arguments">Its arguments, given the address to listen on.</param>
    /// <param name="settings">Its settings.</param>
    public static async Task<AppProcess> StartAsync(string assembly, Func<Uri, string[]> arguments, Dictionary<string, string?> settings)
    {
        var address = FreeAddress();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments(address)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var http = new HttpClient();
        var begun = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        while (!await AnswersAsync(http, new(address, "api/health")))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{assembly} ended with {process.ExitCode}: {await process.StandardOutput.ReadToEndAsync()}");
            }

            await Task.Delay(AskEvery, TimeProvider.System);
        }

        var startup = Stopwatch.GetElapsedTime(begun);

        // What it logs is not wanted, but a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new(process, address, startup);
    }

    /// <summary>The processor time that it has taken, and the most memory that it has held.</summary>
    public (TimeSpan Cpu, long Memory) Taken()
    {
        process.Refresh();
        return (process.TotalProcessorTime, process.PeakWorkingSet64);
    }

    /// <summary>Kills it: nothing is flushed.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri health)
    {
        try
        {
            using var response = await http.GetAsync(health);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
