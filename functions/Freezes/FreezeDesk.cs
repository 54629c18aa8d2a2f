using Microsoft.DurableTask.Client;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Lanes;
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

    /// <summary>Why a rollout may not go on just now; null when it may: nothing is frozen, or somebody has overridden that for it.</summary>
    public async Task<string?> ReasonAsync(StackName stack, EnvironmentName environment, string rollout, CancellationToken cancellationToken) =>
        Find(stack) is { } calendar && calendar.At(environment, time.GetUtcNow()) is { } freeze && await store.ReadAsync<Mark>(Kind, rollout, cancellationToken) is null
            ? Say(calendar, freeze)
            : null;

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
        if (await ReasonAsync(rollout.Stack, rollout.Environment, rollout.Id, cancellationToken) is null)
        {
            return DecisionAnswer.Refused($"expected a rollout that a freeze holds, found that none holds {rollout.Id}");
        }

        // Kept first: the rollout looks when it is nudged.
        await store.ChangeAsync<Mark>(Kind, rollout.Id, _ => new(rollout.Id, decision.By, why, time.GetUtcNow()), cancellationToken);
        await client.RaiseEventAsync(rollout.Id, Nudges.Event, decision.By, cancellationToken);
        return DecisionAnswer.Taken();
    }

    internal FreezeCalendar? Find(StackName stack) => settings.Topology.Stacks.FirstOrDefault(one => one.Name == stack)?.Calendar;

    private static string Say(FreezeCalendar calendar, Freeze freeze) => $"frozen until {calendar.Local(freeze.Until)}: {freeze.Name}";
}
