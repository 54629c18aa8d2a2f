using MathNet.Numerics.Distributions;

namespace Orchestrator.Functions.Analysis;

/// <summary>What can be said of shares by counts.</summary>
internal static class Shares
{
    /// <summary>
    /// The share that <paramref name="events"/> of <paramref name="total"/> come from, each bound wrong with a probability of at most
    /// <paramref name="risk"/>, however few they are (Clopper and Pearson 1934).
    /// </summary>
    public static Bounds Of(long events, long total, double risk) => new(
        events == 0 ? 0 : Beta.InvCDF(events, total - events + 1, risk),
        events == total ? 1 : Beta.InvCDF(events + 1, total - events, 1 - risk));

    /// <summary>
    /// By how much the candidate's share is above the baseline's. Each bound is the farthest that the bounds of both shares allow, with
    /// half of the <paramref name="risk"/> for either: wrong with that probability at most, whatever the shares and however few or
    /// unequal the samples. Closer bounds exist, but not ones that keep this where one side has a tenth of the traffic.
    /// </summary>
    public static Bounds Difference((long Events, long Total) candidate, (long Events, long Total) baseline, double risk)
    {
        var (ofCandidate, ofBaseline) = (Of(candidate.Events, candidate.Total, risk / 2), Of(baseline.Events, baseline.Total, risk / 2));
        return new(ofCandidate.Lower - ofBaseline.Upper, ofCandidate.Upper - ofBaseline.Lower);
    }
}
