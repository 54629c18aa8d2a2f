using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Health;

/// <summary>Says what runs in one region, with which verdict and since when.</summary>
/// <param name="stacks">The stacks that this instance drives.</param>
/// <param name="regions">Who looks at a region.</param>
public sealed class GetRegionHealth(StackConnections stacks, RegionHealth regions)
{
    /// <summary>200 when the region is healthy, 503 when it is not, 404 when there is no such region.</summary>
    [Function(nameof(GetRegionHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/{stack}/{environment}/{region}")] HttpRequest request,
        string stack,
        string environment,
        string region,
        CancellationToken cancellationToken) =>
        Find(stack, environment, region) is var (target, policy)
            ? HealthAnswers.Of(await regions.ReportAsync(target, policy, cancellationToken))
            : HealthAnswers.Unknown($"{stack}/{environment}/{region}", "a region of this instance's topology as stack/environment/region");

    private (RegionTarget Target, VerificationPolicy Policy)? Find(string stack, string environment, string region) =>
        StackName.From(stack) is { } stackName && stacks.Find(stackName) is { } connection
        && EnvironmentName.From(environment) is { } environmentName && connection.Stack.Find(environmentName) is { } definition
        && RegionName.From(region) is { } regionName && definition.Find(regionName) is { } found
            ? (new(stackName, environmentName, found), definition.Verification)
            : null;
}
