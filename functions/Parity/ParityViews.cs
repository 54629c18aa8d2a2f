using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Parity;

/// <summary>How the stacks compare from release to release.</summary>
/// <param name="Releases">Newest first, the latest 200.</param>
public sealed record ParityTrend(IReadOnlyList<ParityTrendEntry> Releases)
{
    private const int Most = 200;

    /// <summary>The trend of all reports, given newest first.</summary>
    public static ParityTrend Of(IReadOnlyList<ParityHead> heads) =>
        new([.. heads.Take(Most).Select(head => new ParityTrendEntry(head.Key.Tag, head.At, head.Outcome.Verdict, head.Outcome.Reason, head.Outcome.IsPending, head.Differences))]);
}

/// <summary>What one release came to.</summary>
/// <param name="Tag">The release.</param>
/// <param name="At">When it was judged.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">The verdict in words.</param>
/// <param name="IsPending">Whether it is judged again because a stack's scores are not there yet.</param>
/// <param name="Differences">How far the stacks are apart: by category and over all as a difference of pass rates, of latencies as a ratio.</param>
public sealed record ParityTrendEntry(
    ReleaseTag Tag,
    DateTimeOffset At,
    Verdict Verdict,
    string Reason,
    bool IsPending,
    IReadOnlyDictionary<string, double?> Differences);

/// <summary>A release's report.</summary>
/// <param name="Tag">The release.</param>
/// <param name="Run">The release's run.</param>
/// <param name="At">When it was judged.</param>
/// <param name="IsPending">Whether it is judged again because a stack's scores are not there yet.</param>
/// <param name="Report">The stacks side by side.</param>
public sealed record ParityView(ReleaseTag Tag, string Run, DateTimeOffset At, bool IsPending, ParityReport Report);
