using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>Runs timer-triggered functions on their schedules, each one run at a time.</summary>
internal sealed partial class TimerFunctions(
    IEnumerable<FunctionMethod> functions,
    FunctionInvoker invoker,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<TimerFunctions> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(functions.Where(function => function.Timer is not null).Select(function => RunAsync(function, stoppingToken)));

    private async Task RunAsync(FunctionMethod function, CancellationToken stopping)
    {
        var schedule = TimerSchedule.Parse(function.Timer!.Schedule, configuration);
        var last = time.GetUtcNow().UtcDateTime;
        if (function.Timer.RunOnStartup)
        {
            await FireAsync(function, last, schedule, isPastDue: false, stopping);
        }

        while (!stopping.IsCancellationRequested)
        {
            var due = schedule.After(last);
            var now = time.GetUtcNow().UtcDateTime;
            if (due > now)
            {
                try
                {
                    await Task.Delay(due - now, time, stopping);
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    return;
                }
            }

            last = due > now ? due : now;
            await FireAsync(function, last, schedule, isPastDue: due < now, stopping);
        }
    }

    private async Task FireAsync(FunctionMethod function, DateTime at, TimerSchedule schedule, bool isPastDue, CancellationToken stopping)
    {
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus { Last = at, LastUpdated = at, Next = schedule.After(at) },
        };
        try
        {
            await invoker.InvokeAsync(function, info, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // A timer that failed once runs again at its next time, as on the Functions host.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(failure, function.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Function} failed.")]
    private partial void LogFailed(Exception failure, string function);
}
