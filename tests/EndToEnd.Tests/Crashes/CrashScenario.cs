using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>A rollout that the plug is pulled in.</summary>
internal sealed record CrashScenario
{
    /// <summary>The version that is rolled out.</summary>
    public string Version { get; init; } = "1.1.0";

    /// <summary>The stacks that there are.</summary>
    public IReadOnlyList<string> Stacks { get; init; } = [CrashWorld.Stack];

    /// <summary>What becomes of the stack.</summary>
    public required Func<Topology, Topology> Shape { get; init; }

    /// <summary>How long the sandbox takes.</summary>
    public SandboxLatencies Latencies { get; init; } = new();

    /// <summary>What happens before.</summary>
    public Func<CrashWorld, Task> PrepareAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Asks for the rollout; the id of its run.</summary>
    public required Func<CrashWorld, Task<string>> AskAsync { get; init; }

    /// <summary>How things stand at the end that no other scenario looks at.</summary>
    public Func<CrashWorld, Task<IReadOnlyList<string>>> StandAsync { get; init; } = _ => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>How the release ends.</summary>
    public required RunPhase Ends { get; init; }

    /// <summary>What happens beside the rollout.</summary>
    public Func<CrashWorld, Plug, Task> BesideAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>What a person does about a rollout that waits for one; null where none is needed.</summary>
    public Func<CrashWorld, RolloutView, PersonsAct?>? Person { get; init; }

    /// <summary>The changes that the plug is pulled at.</summary>
    public Func<SideEffect, bool> IsKilledAt { get; init; } = _ => true;

    /// <summary>The other moments that it is pulled at.</summary>
    public IReadOnlyList<Moment> Others { get; init; } = [];

    /// <summary>Every moment, after an undisturbed run: before each kind of change in the first region that it is made in, and after it in the last.</summary>
    public IEnumerable<Moment> Moments(Plug undisturbed) => undisturbed.Made.Where(effect => IsKilledAt(effect) && !effect.IsPassing)
        .GroupBy(effect => (effect.Phase, effect.What))
        .SelectMany(same => new[] { new Moment(same.First(), When.Before), new Moment(same.Last(), When.After) })
        .Concat(Others);
}

/// <summary>Something that a person asks for.</summary>
/// <param name="Phase">The phase that waits for it.</param>
/// <param name="Path">Where it is posted.</param>
/// <param name="Since">Which wait it is an answer to: each is answered once.</param>
internal sealed record PersonsAct(string Phase, string Path, DateTimeOffset Since);
