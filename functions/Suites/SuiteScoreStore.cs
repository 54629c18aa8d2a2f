using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Suites;

/// <summary>The last scores of each region and model in the store, and the last that passed the gate.</summary>
/// <param name="store">The store.</param>
public sealed class SuiteScoreStore(IStateStore store)
{
    private const string LastKind = "suite-scores";
    private const string PassedKind = "suite-scores-passed";
    private const string CaseKind = "suite-score-cases";

    /// <summary>Keeps the scores as the region's last ones, and where they passed as what the model is held to later.</summary>
    public async Task KeepAsync(StoredScores scores, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scores);
        await KeepAsync(LastKind, scores, cancellationToken);
        if (scores.Verdict == Verdict.Pass)
        {
            await KeepAsync(PassedKind, scores, cancellationToken);
        }
    }

    /// <summary>The scores that a region's model last passed the gate with; null when there are none.</summary>
    public async Task<StoredScores?> PassedAsync(RegionTarget target, string model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return await store.ReadAsync<Stored>(PassedKind, Key(target.Stack, target.Environment, target.Region.Name, model), cancellationToken) is { } stored
            ? await WholeAsync(PassedKind, stored, cancellationToken)
            : null;
    }

    /// <summary>The last scores of all of a stack's regions and models.</summary>
    public async Task<IReadOnlyList<StoredScores>> OfAsync(StackName stack, CancellationToken cancellationToken)
    {
        var all = new List<StoredScores>();
        foreach (var stored in (await store.ListAsync(LastKind, cancellationToken)).Select(StateStores.Value<Stored>).Where(one => one.Scores.Stack == stack))
        {
            all.Add(await WholeAsync(LastKind, stored, cancellationToken));
        }

        return all;
    }

    // Cases stand in entries of their own: a suite may have more of them than one entry holds.
    private async Task KeepAsync(string kind, StoredScores scores, CancellationToken cancellationToken)
    {
        var key = Key(scores.Stack, scores.Environment, scores.Region, scores.Model);
        var candidate = await store.WritePartsAsync(CaseKind, $"{kind}_{key}_candidate", scores.Candidate.Cases, cancellationToken);
        var baseline = scores.Baseline is null ? 0 : await store.WritePartsAsync(CaseKind, $"{kind}_{key}_baseline", scores.Baseline.Cases, cancellationToken);
        var head = scores with { Candidate = scores.Candidate with { Cases = [] }, Baseline = scores.Baseline is null ? null : scores.Baseline with { Cases = [] } };
        await store.ChangeAsync<Stored>(kind, key, _ => new(head, candidate, baseline), cancellationToken);
    }

    private async Task<StoredScores> WholeAsync(string kind, Stored stored, CancellationToken cancellationToken)
    {
        var scores = stored.Scores;
        var key = $"{kind}_{Key(scores.Stack, scores.Environment, scores.Region, scores.Model)}";
        var candidate = await store.ReadPartsAsync<CaseScore>(CaseKind, $"{key}_candidate", stored.CandidateParts, cancellationToken);
        var baseline = await store.ReadPartsAsync<CaseScore>(CaseKind, $"{key}_baseline", stored.BaselineParts, cancellationToken);
        return scores with { Candidate = scores.Candidate with { Cases = candidate }, Baseline = scores.Baseline is null ? null : scores.Baseline with { Cases = baseline } };
    }

    private static string Key(StackName stack, EnvironmentName environment, RegionName region, string model) =>
        StateKeys.Fitting($"{stack}_{environment}_{region}_{StateKeys.Of(model)}");

    private sealed record Stored(StoredScores Scores, int CandidateParts, int BaselineParts);
}
