using Orchestrator.Core.Names;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Suites;

/// <summary>The last scores of each region and model, in the store.</summary>
/// <param name="store">The store.</param>
public sealed class SuiteScoreStore(IStateStore store)
{
    private const string Kind = "suite-scores";

    /// <summary>Keeps the scores as the region's last ones.</summary>
    public Task KeepAsync(StoredScores scores, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return store.ChangeAsync<StoredScores>(Kind, Key(scores.Stack, scores.Environment, scores.Region, scores.Model), _ => scores, cancellationToken);
    }

    /// <summary>The last scores of a region's model; null when there are none.</summary>
    public Task<StoredScores?> OfAsync(RegionTarget target, string model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return store.ReadAsync<StoredScores>(Kind, Key(target.Stack, target.Environment, target.Region.Name, model), cancellationToken);
    }

    /// <summary>The last scores of all of a stack's regions and models.</summary>
    public async Task<IReadOnlyList<StoredScores>> OfAsync(StackName stack, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(Kind, cancellationToken)).Select(StateStores.Value<StoredScores>).Where(one => one.Stack == stack)];

    private static string Key(StackName stack, EnvironmentName environment, RegionName region, string model) => $"{stack}_{environment}_{region}_{StateKeys.Of(model)}";
}
