using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>
/// Deploys the candidate beside the baseline, without traffic. The revision's name derives from the release, so a second run
/// finds the first one's work.
/// </summary>
/// <param name="apps">The regions' container apps.</param>
public sealed class DeployCandidate(ContainerApps apps)
{
    /// <summary>The revision's name, or why there is none.</summary>
    [Function(nameof(DeployCandidate))]
    public async Task<CandidateDeployment> RunAsync([ActivityTrigger] RegionOrder order, CancellationToken cancellationToken)
    {
        var revision = RevisionNames.Of(order);
        try
        {
            var known = await apps.ReadRevisionAsync(order.Target, revision, cancellationToken);
            if (known is { IsActive: false })
            {
                // An earlier rollout of the same release has left it, stopped.
                await apps.ActivateAsync(order.Target, revision, cancellationToken);
            }
            else if (known is null)
            {
                var app = await apps.ReadAsync(order.Target, cancellationToken);
                if (app is null)
                {
                    return new(revision, $"expected container app {order.Target.Region.App}, found none");
                }

                await apps.StartRevisionAsync(order.Target, app, order.Candidate.Image.Value, order.Candidate.RevisionSuffix(), order.Models?.Entries, cancellationToken);
            }

            return new(revision, null);
        }
        catch (StackRefusedException refused)
        {
            return new(revision, refused.Message);
        }
    }
}

/// <summary>A candidate that was deployed, or not.</summary>
/// <param name="Revision">The revision's name.</param>
/// <param name="Rejection">Why it was not deployed; null when it was.</param>
public sealed record CandidateDeployment(string Revision, string? Rejection);
