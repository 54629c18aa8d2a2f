using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Health;

/// <summary>Says what runs in every region of a stack.</summary>
/// <param name="stacks">The stacks that this instance drives.</param>
/// <param name="regions">Who looks at a region.</param>
public sealed class GetStackHealth(StackConnections stacks, RegionHealth regions)
{
    /// <summary>
    /// The route; it leaves <c>health/ready</c> and <c>health/github</c> alone. The Functions host takes the first route that matches, in the order it
    /// happens to have them in, so two routes must not match the same path.
    /// </summary>
    public const string Route = "health/{stack:regex(^(?!(ready|github|retention)$))}";

    /// <summary>200 when every region is healthy, 503 when one is not, 404 when there is no such stack.</summary>
    [Function(nameof(GetStackHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request,
        string stack,
        CancellationToken cancellationToken) =>
        StackName.From(stack) is { } name && stacks.Find(name) is { } connection
            ? HealthAnswers.Of(await regions.ReportAsync(connection.Stack, cancellationToken))
            : HealthAnswers.Unknown(stack, $"one of the stacks {string.Join(", ", stacks.All.Select(one => one.Stack.Name))}");
}
