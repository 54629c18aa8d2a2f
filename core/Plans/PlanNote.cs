using System.Globalization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Plans;

/// <summary>A plan cut down to what fits beside something else.</summary>
/// <param name="Digest">The plan's digest.</param>
/// <param name="Text">What it would change, in what order, for people.</param>
public sealed record PlanNote(Sha256Digest Digest, string Text)
{
    private const int MostRegions = 10;
    private const int LongestText = 1000;

    /// <summary>The note of a plan.</summary>
    public static PlanNote Of(RolloutPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var text = $"{plan.Tag} to {plan.Stack}/{plan.Environment}: {string.Join("; ", plan.Waves.Select(Wave))}; at least {DurationText.Format(plan.AtLeast)}";
        return new(plan.Digest, text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…");
    }

    private static string Wave(WavePlan wave)
    {
        var named = wave.Regions.Take(MostRegions).Select(region => $"{region.Region} ({region.Now?.Release ?? region.Now?.Revision ?? "nothing known"})");
        var regions = wave.Regions.Count > MostRegions ? named.Append($"{wave.Regions.Count - MostRegions} more") : named;
        var steps = wave.Traffic.Append(100).Select(weight => weight.ToString(CultureInfo.InvariantCulture));
        return $"{wave.Wave}: {string.Join(", ", regions)} by {string.Join(", ", steps)} %{(wave.Bake > TimeSpan.Zero ? $", bake {DurationText.Format(wave.Bake)}" : string.Empty)}";
    }
}
