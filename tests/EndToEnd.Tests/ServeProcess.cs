using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The <c>serve</c> command as a process of its own, which can be killed.</summary>
internal sealed class ServeProcess : IDisposable
{
    private const string Ready = "Serving on ";

    private readonly Process process;
    private readonly HttpClient http;

    private ServeProcess(Process process, Uri address, string dataFolder)
    {
        this.process = process;
        http = new() { BaseAddress = address };
        http.DefaultRequestHeaders.Add("x-functions-key", File.ReadAllText(Path.Combine(dataFolder, "function.key")).Trim());
    }

    public Uri Webhook => new(http.BaseAddress!, "api/github/webhooks");

    public static async Task<ServeProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "orchestrator.dll"), "serve", "--data", dataFolder, "--url", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        var lines = new List<string>();
        process.ErrorDataReceived += (_, error) => lines.Add(error.Data ?? string.Empty);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(process, new(line[Ready.Length..line.IndexOf(". ", StringComparison.Ordinal)]), dataFolder);
            }
        }

        throw new InvalidOperationException($"The process ended before it served:\n{string.Join('\n', lines)}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public async Task<ReleaseView> EndAsync(string tag)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using var response = await http.GetAsync(new Uri($"api/releases/{DemoWorld.RunOf(tag)}", UriKind.Relative));
            if (response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync<ReleaseView>(JsonSerializerOptions.Web) is { } view
                && view.Phase.IsTerminal())
            {
                return view;
            }
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        http.Dispose();
    }
}
