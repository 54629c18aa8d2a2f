using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Lanes;

/// <summary>What a newer release does to those that are before it in an environment's lane.</summary>
/// <param name="Queued">What it does to those that wait.</param>
/// <param name="Running">What it does to the one that runs.</param>
public sealed record LanePolicy(QueuePolicy Queued, RunningPolicy Running)
{
    /// <summary>Only the latest waits, and what runs finishes.</summary>
    public static LanePolicy Default { get; } = new(QueuePolicy.Latest, RunningPolicy.Finish);
}

/// <summary>What a newer release does to those that wait.</summary>
[JsonConverter(typeof(WordJsonConverter<QueuePolicy>))]
public enum QueuePolicy
{
    /// <summary>It supersedes them: only the latest version is rolled out.</summary>
    Latest,

    /// <summary>It waits behind them: each is rolled out, first come, first served.</summary>
    Fifo,
}

/// <summary>What a newer release does to the rollout that runs.</summary>
[JsonConverter(typeof(WordJsonConverter<RunningPolicy>))]
public enum RunningPolicy
{
    /// <summary>It waits for its end.</summary>
    Finish,

    /// <summary>It has it stopped and rolled back, and takes its place.</summary>
    Abort,
}
