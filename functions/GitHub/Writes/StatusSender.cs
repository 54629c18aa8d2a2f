using Octokit;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Writes the status of a deployment, which it makes where there is none yet. What GitHub has already is found, not written again.</summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="queue">What waits, and what has been told.</param>
/// <param name="writer">The budget.</param>
/// <param name="time">The clock.</param>
public sealed class StatusSender(GitHubConnection gitHub, PendingWrites queue, WriterStore writer, TimeProvider time)
{
    /// <summary>Whether GitHub has been told; false when the budget does not allow it now.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public async Task<bool> SendAsync(StatusWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (!write.IsNewsAfter(await queue.ToldAsync(write, cancellationToken)))
        {
            return true;
        }

        if (await FindOrMakeAsync(write, cancellationToken) is not { } deployment)
        {
            return false;
        }

        var last = await gitHub.Octokit.LastStatusAsync(write.Repository, deployment.Id);
        if (last?.State.Value != StateOf(write.Phase) || last.Description != write.Description)
        {
            if (!await writer.MayWriteAsync(write, cancellationToken))
            {
                return false;
            }

            await gitHub.Octokit.Repository.Deployment.Status.Create(write.Repository.Owner, write.Repository.Name, deployment.Id, Status(write));
        }

        if (write is { Phase: DeploymentPhase.Success, IsProduction: true })
        {
            await queue.AddAsync(Retirement(write, deployment), cancellationToken);
        }

        await queue.NoteToldAsync(write, cancellationToken);
        return true;
    }

    private async Task<Deployment?> FindOrMakeAsync(StatusWrite write, CancellationToken cancellationToken)
    {
        if (await gitHub.Octokit.FindOwnAsync(write) is { } found)
        {
            return found;
        }

        return await writer.MayWriteAsync(write, cancellationToken)
            ? await gitHub.Octokit.Repository.Deployment.Create(write.Repository.Owner, write.Repository.Name, OwnDeployments.New(write))
            : null;
    }

    private static NewDeploymentStatus Status(StatusWrite write) => new(StateOf(write.Phase))
    {
        AutoInactive = true,
        Description = write.Description,
        LogUrl = write.LogUrl,
        EnvironmentUrl = write.EnvironmentUrl,
    };

    private RetirementWrite Retirement(StatusWrite write, Deployment deployment) => new()
    {
        Repository = write.Repository,
        Since = time.GetUtcNow(),
        Environment = write.Environment,
        Successor = deployment.Id,
        Title = write.Title,
    };

    private static DeploymentState StateOf(DeploymentPhase phase) => phase switch
    {
        DeploymentPhase.InProgress => DeploymentState.InProgress,
        DeploymentPhase.Success => DeploymentState.Success,
        DeploymentPhase.Failure => DeploymentState.Failure,
        _ => DeploymentState.Error,
    };
}
