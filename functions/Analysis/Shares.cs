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
    /// By how much the candidate's share is above the baseline's. The bounds of both shares are joined by their squares (Newcombe 1998,
    /// method 10, with exact bounds in place of Wilson's): each is wrong with a probability of at most <paramref name="risk"/>,
    /// which a test holds by exact enumeration from 20 to 900 samples and from 0.1 to 5 %.
    /// </summary>
    public static Bounds Difference((long Events, long Total) candidate, (long Events, long Total) baseline, double risk)
    {
        var (c, b) = ((double)candidate.Events / candidate.Total, (double)baseline.Events / baseline.Total);
        var (ofC, ofB) = (Of(candidate.Events, candidate.Total, risk), Of(baseline.Events, baseline.Total, risk));
        return new(
            c - b - double.Hypot(c - ofC.Lower, ofB.Upper - b),
            c - b + double.Hypot(ofC.Upper - c, b - ofB.Lower));
    }
}
