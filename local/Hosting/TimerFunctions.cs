using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>Runs timer-triggered functions on their schedules, one run of each at a time. Runs missed while the host was down are not made up for.</summary>
internal sealed partial class TimerFunctions(
    IReadOnlyList<TimerFunction> timers,
    FunctionInvoker invoker,
    TimeProvider time,
    ILogger<TimerFunctions> logger) : BackgroundService
{
    // A timer of the runtime cannot wait longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(timers.Select(timer => RunAsync(timer, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(timers.Count);
        }
    }

    private async Task RunAsync(TimerFunction timer, CancellationToken stopping)
    {
        var last = default(DateTime);
        var from = Now();
        if (timer.Trigger.RunOnStartup)
        {
            await FireAsync(timer, last, from, isPastDue: false, stopping);
            last = from;
        }

        while (true)
        {
            var due = timer.Schedule.After(from);
            await UntilAsync(due, stopping);
            // Later than the run after it: the run before took too long, and the ones in between are left out.
            var now = Now();
            var isPastDue = timer.Schedule.After(due) <= now;
            from = isPastDue ? now : due;
            await FireAsync(timer, last, from, isPastDue, stopping);
            last = from;
        }
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private async Task UntilAsync(DateTime due, CancellationToken stopping)
    {
        for (var left = due - Now(); left > TimeSpan.Zero; left = due - Now())
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, time, stopping);
        }
    }

    private async Task FireAsync(TimerFunction timer, DateTime last, DateTime now, bool isPastDue, CancellationToken stopping)
    {
        try
        {
            await invoker.InvokeAsync(timer.Function, timer.Info(last, now, isPastDue), stopping);
        }
#pragma warning disable CA1031 // A timer that failed once runs again at its next time, as on the Functions host.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(failure, timer.Function.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Function} failed.")]
    private partial void LogFailed(Exception failure, string function);

    [LoggerMessage(2, LogLevel.Debug, "{Count} timers stopped.")]
    private partial void LogStopped(int count);
}
