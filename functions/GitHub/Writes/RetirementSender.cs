using Octokit;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>
/// Makes earlier deployments of a production environment inactive: GitHub does that by itself only in environments that are neither
/// transient nor production.
/// </summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="writer">The budget.</param>
public sealed class RetirementSender(GitHubConnection gitHub, WriterStore writer)
{
    /// <summary>Whether none of them is active any more; false when the budget does not allow it now.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public async Task<bool> SendAsync(RetirementWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        foreach (var earlier in await gitHub.Octokit.OwnBeforeAsync(write.Repository, write.Environment, write.Successor))
        {
            var last = await gitHub.Octokit.LastStatusAsync(write.Repository, earlier.Id);
            if (last?.State.Value == DeploymentState.Inactive)
            {
                // Those before it were made inactive with it.
                return true;
            }

            if (last?.State.Value != DeploymentState.Success)
            {
                continue;
            }

            if (!await writer.MayWriteAsync(write, cancellationToken))
            {
                return false;
            }

            await gitHub.Octokit.Repository.Deployment.Status.Create(write.Repository.Owner, write.Repository.Name, earlier.Id, new(DeploymentState.Inactive)
            {
                AutoInactive = false,
                Description = DeploymentReport.Shorten($"superseded by {write.Title}"),
            });
        }

        return true;
    }
}
