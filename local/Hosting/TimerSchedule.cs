using System.Globalization;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Orchestrator.Local.Hosting;

/// <summary>A timer's schedule, in UTC: NCRONTAB with seconds, a time span, or the name of a setting with one of them between percent signs.</summary>
internal sealed class TimerSchedule
{
    private const int FieldsWithSeconds = 6;

    private readonly CrontabSchedule? crontab;
    private readonly TimeSpan interval;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan interval)
    {
        this.crontab = crontab;
        this.interval = interval;
    }

    /// <exception cref="FormatException">The text is no schedule.</exception>
    public static TimerSchedule Parse(string text, IConfiguration configuration)
    {
        var schedule = text is ['%', .. var setting, '%']
            ? configuration[setting] ?? throw new FormatException($"expected a schedule in the setting {setting}, found nothing")
            : text;
        var fields = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == FieldsWithSeconds }) is { } crontab)
        {
            return new(crontab, default);
        }

        return TimeSpan.TryParse(schedule, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new(null, interval)
            : throw new FormatException($"expected a schedule such as '0 */5 * * * *' or '00:05:00', found '{schedule}'");
    }

    /// <summary>The next run after a time.</summary>
    public DateTime After(DateTime time) => crontab?.GetNextOccurrence(time) ?? time + interval;
}
