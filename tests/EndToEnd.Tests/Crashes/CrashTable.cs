using System.Globalization;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>What came of it: phase by phase, where the process was killed, how often each change was made, and how often in vain.</summary>
internal static class CrashTable
{
    private static readonly string[] Head = ["phase", "what", "killed before", "killed after, or in it", "made", "undisturbed", "repeats", "outcome"];

    private static readonly string[] Phases =
    [
        "accepted", "refused", "waiting", "deploying", "preparingModels", "verifying", "suite", "paused", "shifting", "awaitingPromotion", "promoting", "promoted",
        "rollingBack", "rolledBack", "rollbackFailed", "baking", "tidying up", "leaving", "summing up",
    ];

    public static string Of(CrashRun disturbed, CrashRun undisturbed, IReadOnlyList<Moment> moments)
    {
        var kinds = undisturbed.Plug.Made.Concat(disturbed.Plug.Made).Concat(moments.Select(moment => moment.Effect)).Select(effect => (effect.Phase, effect.What)).Distinct()
            .OrderBy(kind => Array.IndexOf(Phases, kind.Phase));
        string[][] rows = [Head, .. kinds.Select(kind => Row(kind, disturbed, undisturbed, moments))];
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var end = disturbed.End.SequenceEqual(undisturbed.End) ? $"as undisturbed: {disturbed.End[0]}" : $"otherwise: {disturbed.End[0]}, not {undisturbed.End[0]}: {disturbed.Why}";
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())
            .Prepend($"killed {disturbed.Plug.Kills} times, ended {end}"));
    }

    private static string[] Row((string Phase, string What) kind, CrashRun disturbed, CrashRun undisturbed, IReadOnlyList<Moment> moments)
    {
        var (made, wanted, repeats) = (Count(disturbed), Count(undisturbed), disturbed.Plug.Repeated.Count(Is));
        var left = disturbed.Plug.Left.FirstOrDefault(moment => Is(moment.Effect));
        return
        [
            kind.Phase,
            kind.What,
            Killed(When.Before) ?? "-",
            Killed(When.After) ?? (Killed(When.During) is null ? "-" : "yes"),
            .. new[] { made, wanted, repeats }.Select(count => made + wanted == 0 ? "-" : count.ToString(CultureInfo.InvariantCulture)),
            left is not null ? $"not killed {left.When}" : made == wanted ? "as undisturbed" : "otherwise",
        ];

        int Count(CrashRun run) => run.Plug.Made.Count(Is);
        bool Is(SideEffect effect) => (effect.Phase, effect.What) == kind;
        string? Killed(When when) => moments.FirstOrDefault(moment => Is(moment.Effect) && moment.When == when)?.Effect.Region;
    }
}
