using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Freezes;

/// <summary>Shows what is frozen, and what will be.</summary>
/// <param name="settings">The stacks and their calendars.</param>
/// <param name="time">The clock.</param>
public sealed class GetFreezes(OrchestratorSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(90);

    /// <summary>For every stack with a calendar and each of its environments: the freeze that holds it, and the next one within 90 days.</summary>
    [Function(nameof(GetFreezes))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "freezes")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow();
        return TypedResults.Json(
            new FreezesView([.. settings.Topology.Stacks.Where(stack => stack.Calendar is not null).Select(stack => new StackFreezes(
                stack.Name,
                stack.Calendar!.TimeZone,
                stack.Calendar.Ongoing,
                stack.Calendar.HolidaysKnownUntil,
                [.. stack.Environments.Select(one => new EnvironmentFreezes(one.Name, stack.Calendar.At(one.Name, now), stack.Calendar.Next(one.Name, now, now + Ahead)))]))]),
            ViewAnswers.Json);
    }
}

/// <summary>What is frozen, and what will be.</summary>
/// <param name="Stacks">The stacks that have a calendar.</param>
public sealed record FreezesView(IReadOnlyList<StackFreezes> Stacks);

/// <summary>What is frozen of a stack.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="TimeZone">Its time zone.</param>
/// <param name="Ongoing">What becomes of what is under way when a freeze begins.</param>
/// <param name="HolidaysKnownUntil">The last day for which its market's holidays are known; null when that is for ever, or they are days like others.</param>
/// <param name="Environments">Its environments.</param>
public sealed record StackFreezes(StackName Stack, string TimeZone, OngoingPolicy Ongoing, DateOnly? HolidaysKnownUntil, IReadOnlyList<EnvironmentFreezes> Environments);

/// <summary>What is frozen of an environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Now">The freeze that holds it; null when none does.</param>
/// <param name="Next">The next one; null when there is none for a while.</param>
public sealed record EnvironmentFreezes(EnvironmentName Environment, Freeze? Now, Freeze? Next);
