using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Orchestrator.Local.Hosting;

/// <summary>A timer-triggered function and when it runs.</summary>
/// <param name="Function">The function.</param>
/// <param name="Schedule">When it runs.</param>
internal sealed record TimerFunction(FunctionMethod Function, TimerSchedule Schedule)
{
    public TimerTriggerAttribute Trigger => Function.Timer!;

    /// <summary>The timers among some functions.</summary>
    /// <exception cref="InvalidOperationException">Some schedules are bad; the message lists all of them.</exception>
    public static IReadOnlyList<TimerFunction> Of(IEnumerable<FunctionMethod> functions, IConfiguration configuration)
    {
        var timers = new List<TimerFunction>();
        var problems = new List<string>();
        foreach (var function in functions.Where(function => function.Timer is not null && !IsDisabled(function.Name, configuration)))
        {
            try
            {
                timers.Add(new(function, TimerSchedule.Parse(function.Timer!.Schedule, configuration)));
            }
            catch (FormatException bad)
            {
                problems.Add($"{function.Name}: {bad.Message}");
            }
        }

        return problems.Count == 0 ? timers : throw new InvalidOperationException($"Some timers cannot run:\n  {string.Join("\n  ", problems)}");
    }

    // As the Functions host has it: the setting AzureWebJobs.NAME.Disabled switches a function off, with __ for the dots on Linux.
    private static bool IsDisabled(string function, IConfiguration configuration) =>
        configuration.GetValue($"AzureWebJobs.{function}.Disabled", false) || configuration.GetValue($"AzureWebJobs:{function}:Disabled", false);

    /// <summary>What the function is told.</summary>
    /// <param name="last">The run before; the least date when there was none.</param>
    /// <param name="now">This run.</param>
    /// <param name="isPastDue">Whether this run is later than its schedule.</param>
    public TimerInfo Info(DateTime last, DateTime now, bool isPastDue) => new()
    {
        IsPastDue = isPastDue,
        ScheduleStatus = new() { Last = last, LastUpdated = last, Next = Schedule.After(now) },
    };
}
