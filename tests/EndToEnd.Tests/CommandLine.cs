using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The program as a user runs it: a process of its own, with none of the caller's settings.</summary>
internal static class CommandLine
{
    public const string AnyPort = "http://127.0.0.1:0";

    private static readonly string[] SettingPrefixes = ["GitHub__", "Orchestrator__"];

    public static Process Start(params string[] arguments) => Start(null, arguments);

    /// <summary>Starts it with a variable of its environment.</summary>
    public static Process Start((string Name, string Value)? setting, params string[] arguments)
    {
        // Whoever runs the tests in the background has Ctrl-C ignored, and all its children too.
        var start = OperatingSystem.IsLinux() ? new ProcessStartInfo("env", ["--default-signal=INT", "dotnet"]) : new ProcessStartInfo("dotnet");
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "orchestrator.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var name in start.Environment.Keys.Where(name => SettingPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(name);
        }

        if (setting is var (variable, value))
        {
            start.Environment[variable] = value;
        }

        ShortLife.Expect(start);
        return Process.Start(start)!;
    }

    public static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Reads until a line contains the text, then presses Ctrl-C; returns all that was written, before and after.</summary>
    public static async Task<(int Exit, string Output)> InterruptAsync(string after, params string[] arguments)
    {
        using var process = Start(arguments);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Contains(after, StringComparison.Ordinal))
            {
                using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
                break;
            }
        }

        var (exit, rest) = await EndAsync(process);
        return (exit, string.Join('\n', lines) + rest);
    }

    /// <summary>Waits until it has ended; returns all that it has written.</summary>
    public static async Task<(int Exit, string Output)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
