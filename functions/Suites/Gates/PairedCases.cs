using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites.Gates;

/// <summary>A case that both sides have been measured in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Candidate">The candidate's score.</param>
/// <param name="Baseline">The baseline's score.</param>
internal sealed record PairedCase(string Id, string Category, CaseScore Candidate, CaseScore Baseline)
{
    /// <summary>By how much the candidate's share is above the baseline's, -1 to 1.</summary>
    public double Difference { get; } = Candidate.Share() - Baseline.Share();

    /// <summary>Whether the baseline passed most of its tries and the candidate failed most of its own.</summary>
    public bool IsLost => Baseline.Share() > 0.5 && Candidate.Share() < 0.5;
}

/// <summary>The cases that count, side by side, in the order of their ids.</summary>
/// <param name="Pairs">Those that were measured on both sides.</param>
/// <param name="LeftOut">The ids of those that were not.</param>
internal sealed record PairedCases(IReadOnlyList<PairedCase> Pairs, IReadOnlyList<string> LeftOut)
{
    public static PairedCases Of(SuiteScores candidate, SuiteScores baseline)
    {
        var (ofCandidate, ofBaseline) = (ById(candidate), ById(baseline));
        var ids = ofCandidate.Keys.Union(ofBaseline.Keys).Order(StringComparer.Ordinal).ToArray();
        var pairs = ids
            .Where(id => ofCandidate.TryGetValue(id, out var c) && ofBaseline.TryGetValue(id, out var b) && c.Tries > 0 && b.Tries > 0)
            .Select(id => new PairedCase(id, ofBaseline[id].Category, ofCandidate[id], ofBaseline[id]))
            .ToArray();
        return new(pairs, [.. ids.Except(pairs.Select(pair => pair.Id))]);
    }

    private static Dictionary<string, CaseScore> ById(SuiteScores scores) => scores.Counting().ToDictionary(one => one.Id, StringComparer.Ordinal);
}
