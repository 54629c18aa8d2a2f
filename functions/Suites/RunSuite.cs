using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Suites;

/// <summary>
/// Runs a slice of a suite against a revision on its own address, as its users would ask it. Only numbers come back: what was
/// answered stays in the region's stack.
/// </summary>
/// <param name="suites">The suites.</param>
/// <param name="runner">Who asks and grades.</param>
/// <param name="apps">The regions' container apps.</param>
/// <param name="stacks">The way to the workloads.</param>
public sealed class RunSuite(SuiteLibrary suites, SuiteRunner runner, ContainerApps apps, StackConnections stacks)
{
    // So many cases at once that an activity ends within minutes even where each answer takes all of its time.
    private const int CasesInSlice = 10;

    /// <summary>The slice's scores.</summary>
    [Function(nameof(RunSuite))]
    public async Task<SuiteSlice> RunAsync([ActivityTrigger] SuiteOrder order, CancellationToken cancellationToken)
    {
        var region = order.Region;
        try
        {
            var (suite, refusal) = await suites.OfAsync(region.Candidate.Key, region.Candidate.Pins?.Suite, cancellationToken);
            if (suite is null)
            {
                return SuiteSlice.Refused(refusal!);
            }

            if (await AddressAsync(region.Target, order.Revision, cancellationToken) is not { } address)
            {
                return SuiteSlice.Refused($"revision {order.Revision} has no address");
            }

            // One judge for both sides, and none that judges itself: what serves now.
            var bench = suite.Judges.Count == 0 ? null : await AddressAsync(region.Target, order.Judge, cancellationToken);

            var ids = suite.Cases.Skip(order.From).Take(CasesInSlice).Select(one => one.Id).ToArray();
            var run = await runner.RunAsync(suite.Only(ids), Target(region.Target, address, order.Model), new(Parallel(order), name => JudgeOf(order, bench, name)), cancellationToken);
            return new(run.Scores, order.From + ids.Length, suite.Cases.Count, null);
        }
        catch (Exception refused) when (refused is StackRefusedException or InvalidOperationException)
        {
            return SuiteSlice.Refused(refused.Message);
        }
    }

    // Candidate and baseline are asked at the same time, so that what is slow for one is slow for the other.
    private static int Parallel(SuiteOrder order) => Math.Max(1, (order.Region.Gate ?? GatePolicy.Default).Parallel / 2);

    private async Task<Uri?> AddressAsync(RegionTarget target, string revision, CancellationToken cancellationToken) =>
        await apps.ReadRevisionAsync(target, revision, cancellationToken) is { Fqdn: { } fqdn } ? new Uri($"https://{fqdn}/v1/") : null;

    private ModelTarget Target(RegionTarget target, Uri address, string model) =>
        new(address, model, stacks.Of(target.Stack).Workloads, new Dictionary<string, string>(), Token: null);

    // A judge is one of the stack's own models: what is judged never leaves the stack.
    private ModelTarget? JudgeOf(SuiteOrder order, Uri? address, string name) =>
        address is not null && order.Region.Models?.Entries.Any(entry => entry.Name == name) == true ? Target(order.Region.Target, address, name) : null;
}

/// <summary>The order to run a slice of a suite.</summary>
/// <param name="Region">Where, and for which candidate.</param>
/// <param name="Revision">The revision that is asked.</param>
/// <param name="Model">The model that is asked, by the name that the gateway's callers use.</param>
/// <param name="Judge">The revision whose models judge, where the suite has a judge.</param>
/// <param name="From">The first case, from 0.</param>
public sealed record SuiteOrder(RegionOrder Region, string Revision, string Model, string Judge, int From);

/// <summary>What a slice of a suite has shown.</summary>
/// <param name="Scores">Its scores; null when it could not be run.</param>
/// <param name="Next">The first case of the next slice.</param>
/// <param name="All">How many cases the suite has.</param>
/// <param name="Refusal">Why it could not be run; null when it was.</param>
public sealed record SuiteSlice(SuiteScores? Scores, int Next, int All, string? Refusal)
{
    internal static SuiteSlice Refused(string why) => new(null, 0, 0, why);
}
