using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Parity;

/// <summary>
/// Puts the scores of a stack's regions together. Pure. Those of its last environment that has any of this release, with this manifest;
/// where the release changed no model and none was taken for it, the last ones of the models that it pins, where they passed. All
/// regions and models count as one: tries are added up, and a median is the mean of the regions' medians, weighted by their tries.
/// </summary>
public static class SheetMaker
{
    /// <summary>The sheet; null when there are no scores.</summary>
    public static ScoreSheet? Of(ParityOrder order, OwnShare own, IReadOnlyList<StoredScores> stored)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(own);
        var chosen = Last(own, [.. stored.Where(scores => scores.Tag == order.Key.Tag && order.IsFor(scores.Manifest))])
            ?? Last(own, [.. stored.Where(scores => scores.Verdict == Verdict.Pass && (own.Identities is null || (scores.Whole is { } whole && own.Identities.Contains(whole))))]);
        if (chosen is null)
        {
            return null;
        }

        var newest = chosen.MaxBy(scores => scores.At)!;
        var alike = chosen.Where(scores => scores.Candidate.Digest == newest.Candidate.Digest).ToArray();
        return new(
            own.Stack,
            order.Key.Tag,
            newest.Environment,
            newest.At,
            [.. alike.Select(scores => new SheetModel(scores.Model, scores.Identity)).Distinct().OrderBy(model => model.Name, StringComparer.Ordinal).ThenBy(model => model.Identity, StringComparer.Ordinal)],
            newest.Candidate.Suite,
            newest.Candidate.Digest,
            [.. alike.OrderByDescending(scores => scores.At).SelectMany(scores => scores.Candidate.Cases).GroupBy(score => score.Id).Select(Together)],
            order.Manifest);
    }

    private static StoredScores[]? Last(OwnShare own, StoredScores[] stored) =>
        own.Environments.Reverse().Select(environment => stored.Where(scores => scores.Environment == environment).ToArray()).FirstOrDefault(some => some.Length > 0);

    private static CaseScore Together(IEnumerable<CaseScore> regions)
    {
        var all = regions.ToArray();
        return all[0] with
        {
            Passed = all.Sum(score => score.Passed),
            Tries = all.Sum(score => score.Tries),
            Errors = all.Sum(score => score.Errors),
            IsQuarantined = all.Any(score => score.IsQuarantined),
            FirstTokenMs = Mean(all, score => score.FirstTokenMs),
            LatencyMs = Mean(all, score => score.LatencyMs),
            TokensPerSecond = Mean(all, score => score.TokensPerSecond),
        };
    }

    private static double? Mean(CaseScore[] regions, Func<CaseScore, double?> measure)
    {
        var measured = regions.Where(score => measure(score) is not null && score.Tries > 0).ToArray();
        return measured.Length == 0 ? null : measured.Sum(score => measure(score)!.Value * score.Tries) / measured.Sum(score => score.Tries);
    }
}
