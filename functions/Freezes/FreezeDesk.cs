using Microsoft.DurableTask.Client;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Freezes;

/// <summary>Says when nothing may be rolled out, by the calendars as they are now, and takes the word of people who say that one rollout may.</summary>
/// <param name="settings">The stacks' calendars.</param>
/// <param name="store">The overrides.</param>
/// <param name="time">The clock.</param>
public sealed class FreezeDesk(OrchestratorSettings settings, IStateStore store, TimeProvider time)
{
    private const string Kind = "freeze-overrides";

    /// <summary>The freeze that holds a rollout; null when none does: nothing is frozen, or somebody has overridden that for it.</summary>
    public async Task<HeldByFreeze?> HeldAsync(StackName stack, EnvironmentName environment, string rollout, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Find(stack) is { } calendar
            && calendar.At(environment, now) is { } freeze
            && !(await store.ReadAsync<FreezeOverride>(Kind, rollout, cancellationToken) is { } said && now < said.Until)
                ? new($"frozen until {calendar.Local(freeze.Until)}: {freeze.Name}", freeze.Until)
                : null;
    }

    /// <summary>The freeze that begins while a rollout would be under way that begins now; null when none does.</summary>
    public string? Ahead(StackName stack, EnvironmentDefinition environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var now = time.GetUtcNow();
        return Find(stack) is { Ongoing: OngoingPolicy.Hold } calendar && calendar.Next(environment.Name, now, now + environment.AtLeast) is { } next
            ? $"a freeze begins at {calendar.Local(next.From)} ({next.Name}): waves that have not begun by then wait until {calendar.Local(next.Until)}"
            : null;
    }

    /// <summary>Has a rollout go on although its environment is frozen.</summary>
    internal async Task<DecisionAnswer> OverrideAsync(DurableTaskClient client, RolloutView view, Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Why is not { } why)
        {
            return new(DecisionOutcome.Malformed, "expected a reason to override a freeze, such as { \"why\": \"…\" }; found none", []);
        }

        var rollout = view.Rollout;
        if (Find(rollout.Stack)?.At(rollout.Environment, time.GetUtcNow()) is not { } freeze)
        {
            return DecisionAnswer.Refused($"expected a rollout that a freeze holds, found that none holds {rollout.Id}");
        }

        // Kept first, as the rollout looks when it is nudged; and no longer than the freeze that it was said of.
        await store.ChangeAsync<FreezeOverride>(Kind, rollout.Id, _ => new(decision.By, why, time.GetUtcNow(), freeze.Until), cancellationToken);
        await client.RaiseEventAsync(rollout.Id, Nudges.Event, decision.By, cancellationToken);
        return DecisionAnswer.Taken();
    }

    private FreezeCalendar? Find(StackName stack) => settings.Topology.Stacks.FirstOrDefault(one => one.Name == stack)?.Calendar;
}

/// <summary>A freeze that holds a rollout.</summary>
/// <param name="Reason">Which, for people.</param>
/// <param name="Until">When it is over.</param>
public sealed record HeldByFreeze(string Reason, DateTimeOffset Until);

/// <summary>Somebody's word that a rollout goes on although its environment is frozen.</summary>
/// <param name="By">Who.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When.</param>
/// <param name="Until">The end of the freeze that it was said of.</param>
internal sealed record FreezeOverride(string By, string Why, DateTimeOffset At, DateTimeOffset Until);
