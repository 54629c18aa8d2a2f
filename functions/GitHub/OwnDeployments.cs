using Octokit;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub;

/// <summary>
/// The deployments on GitHub that are ours: each is marked with what it belongs to, so that whoever makes it twice makes it once.
/// </summary>
internal static class OwnDeployments
{
    // The key in a deployment's payload that names what it belongs to: a rollout, or a release's run.
    private const string Mark = "rollout";

    /// <summary>Makes the deployment that belongs to <paramref name="owner"/> where there is none yet, and adds the status where it is not the last one already.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public static async Task TellAsync(this IGitHubClient client, RepositoryName repository, string owner, NewDeployment wanted, NewDeploymentStatus status)
    {
        (wanted.Payload ??= [])[Mark] = owner;
        var deployments = client.Repository.Deployment;
        var deployment = await FindAsync(client, repository, owner, wanted) ?? await deployments.Create(repository.Owner, repository.Name, wanted);
        var statuses = await deployments.Status.GetAll(repository.Owner, repository.Name, deployment.Id, new ApiOptions { PageSize = 1, PageCount = 1 });
        if (statuses is [var last, ..] && last.State.Value == status.State && last.Description == status.Description)
        {
            return;
        }

        await deployments.Status.Create(repository.Owner, repository.Name, deployment.Id, status);
    }

    private static async Task<Deployment?> FindAsync(IGitHubClient client, RepositoryName repository, string owner, NewDeployment wanted)
    {
        // Octokit 14 has no filters for deployments; without them this would read the repository's whole past.
        var uri = new Uri($"repos/{repository}/deployments", UriKind.Relative);
        var filter = new Dictionary<string, string> { [CommitSha.From(wanted.Ref) is null ? "ref" : "sha"] = wanted.Ref, ["environment"] = wanted.Environment };
        var found = await client.Connection.Get<List<Deployment>>(uri, filter);
        return found.Body.FirstOrDefault(deployment => deployment.Payload?.GetValueOrDefault(Mark) == owner);
    }
}
