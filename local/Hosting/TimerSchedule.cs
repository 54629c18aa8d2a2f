using System.Globalization;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Orchestrator.Local.Hosting;

/// <summary>A timer's schedule: NCRONTAB with seconds, a time span, or the name of a setting with one of them between percent signs.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? crontab;
    private readonly TimeSpan interval;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan interval)
    {
        this.crontab = crontab;
        this.interval = interval;
    }

    /// <exception cref="InvalidOperationException">The text is no schedule.</exception>
    public static TimerSchedule Parse(string text, IConfiguration configuration)
    {
        var schedule = text.StartsWith('%') && text.EndsWith('%')
            ? configuration[text.Trim('%')] ?? throw new InvalidOperationException($"Expected a schedule in the setting {text.Trim('%')}, found nothing.")
            : text;
        if (CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 }) is { } crontab)
        {
            return new(crontab, default);
        }

        return TimeSpan.TryParse(schedule, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new(null, interval)
            : throw new InvalidOperationException($"Expected a schedule such as '0 */5 * * * *' or '00:05:00', found '{schedule}'.");
    }

    public DateTime After(DateTime time) => crontab?.GetNextOccurrence(time) ?? time + interval;
}
