using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The <c>serve</c> command as a process of its own, which can be killed.</summary>
internal sealed class ServeProcess : IDisposable
{
    private const string Ready = "Serving on ";

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly TaskCompletionSource<Uri?> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string dataFolder;
    private volatile bool isDead;

    private ServeProcess(Process process, string dataFolder)
    {
        this.process = process;
        this.dataFolder = dataFolder;
        process.OutputDataReceived += (_, output) => Hear(output.Data);
        process.ErrorDataReceived += (_, error) => lines.Enqueue(error.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>A caller with the function key, once the process is ready.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Whether it has been killed.</summary>
    public bool IsDead => isDead;

    /// <summary>Starts it. What was begun on the same data goes on from now, ready or not.</summary>
    public static ServeProcess Start(string dataFolder, IReadOnlyDictionary<string, string?> settings)
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

        ShortLife.Expect(start);
        return new(Process.Start(start)!, dataFolder);
    }

    /// <summary>Waits until it answers; false when it was killed before.</summary>
    public async Task<bool> IsReadyAsync()
    {
        if (await address.Task.WaitAsync(TestContext.Current.CancellationToken) is not { } root)
        {
            return IsDead ? false : throw new InvalidOperationException($"The process ended before it served:\n{string.Join('\n', lines)}");
        }

        if (Http.BaseAddress is null)
        {
            Http.BaseAddress = root;
            Http.DefaultRequestHeaders.Add("x-functions-key", (await File.ReadAllTextAsync(Path.Combine(dataFolder, "function.key"))).Trim());
        }

        return true;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        isDead = true;
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        Http.Dispose();
    }

    // No line means that there will be none any more.
    private void Hear(string? line)
    {
        lines.Enqueue(line ?? string.Empty);
        if (line is null)
        {
            address.TrySetResult(null);
        }
        else if (line.StartsWith(Ready, StringComparison.Ordinal))
        {
            address.TrySetResult(new(line[Ready.Length..line.IndexOf(". ", StringComparison.Ordinal)]));
        }
    }
}
