using System.Globalization;
using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Problems;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Settings;

/// <summary>Reads how long what has ended is kept.</summary>
internal static class RetentionPolicyReader
{
    private const int MostDays = 3650;

    // What GitHub still lists, and a sweep still looks at, is never unknown for its age.
    private static readonly int LeastDeliveryDays = (int)Math.Ceiling((HookDeliveries.Kept + SweepState.Overlap).TotalDays);

    public static RetentionPolicy Read(IConfiguration configuration, List<Problem> problems) => new(
        Days(configuration, SettingNames.RunDays, RetentionPolicy.Default.Runs, 1, string.Empty, problems),
        Days(configuration, SettingNames.DeliveryDays, RetentionPolicy.Default.Deliveries, LeastDeliveryDays, ", as GitHub keeps deliveries for three days and a sweep looks back an hour further", problems));

    private static TimeSpan Days(IConfiguration configuration, string name, TimeSpan usual, int least, string why, List<Problem> problems)
    {
        if (SettingValues.Text(configuration, name) is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days >= least && days <= MostDays)
        {
            return TimeSpan.FromDays(days);
        }

        problems.Add(new(name, $"expected a whole number of days from {least} to {MostDays}{why}; found '{text}'"));
        return usual;
    }
}
