using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.GitHub;

/// <summary>
/// The deployments on GitHub that are ours: each is marked with what it belongs to, so that whoever makes it twice makes it once.
/// </summary>
internal static class OwnDeployments
{
    // The key in a deployment's payload that names what it belongs to: a rollout, or a release's run.
    private const string Mark = "rollout";

    // Of the deployments before one, so many are looked at: the last one is active, and a few that ended otherwise come before it.
    private const int MostBefore = 10;

    /// <summary>The deployment as it is to be made.</summary>
    public static NewDeployment New(StatusWrite write) => new(write.Reference)
    {
        // GitHub's defaults would merge the default branch into the release, and wait for checks that are none of ours.
        AutoMerge = false,
        RequiredContexts = [],
        Payload = write.Plan is { } plan ? new() { [Mark] = write.Owner, ["plan"] = plan.Digest.Value, ["summary"] = plan.Text } : new() { [Mark] = write.Owner },
        Environment = write.Environment,
        Description = write.Title,
        TransientEnvironment = false,
        ProductionEnvironment = write.IsProduction,
    };

    /// <summary>The deployment that a status is for; null when it has yet to be made.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public static async Task<Deployment?> FindOwnAsync(this IGitHubClient client, StatusWrite write)
    {
        var found = await client.ListAsync(write.Repository, write.Environment, new() { [CommitSha.From(write.Reference) is null ? "ref" : "sha"] = write.Reference });
        return found.FirstOrDefault(deployment => OwnerOf(deployment) == write.Owner);
    }

    /// <summary>The last of our deployments of an environment before one, newest first.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public static async Task<IReadOnlyList<Deployment>> OwnBeforeAsync(this IGitHubClient client, RepositoryName repository, string environment, long successor)
    {
        var found = await client.ListAsync(repository, environment, []);
        return [.. found.Where(deployment => deployment.Id < successor && OwnerOf(deployment) is not null).OrderByDescending(deployment => deployment.Id).Take(MostBefore)];
    }

    /// <summary>The last status of a deployment; null when it has none.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public static async Task<DeploymentStatus?> LastStatusAsync(this IGitHubClient client, RepositoryName repository, long deployment)
    {
        var last = await client.Repository.Deployment.Status.GetAll(repository.Owner, repository.Name, deployment, new ApiOptions { PageSize = 1, PageCount = 1 });
        return last.Count > 0 ? last[0] : null;
    }

    private static string? OwnerOf(Deployment deployment) => deployment.Payload?.GetValueOrDefault(Mark);

    private static async Task<List<Deployment>> ListAsync(this IGitHubClient client, RepositoryName repository, string environment, Dictionary<string, string> filter)
    {
        // Octokit 14 has no filters for deployments; without them this would read the repository's whole past.
        filter["environment"] = environment;
        return (await client.Connection.Get<List<Deployment>>(new Uri($"repos/{repository}/deployments", UriKind.Relative), filter)).Body;
    }
}
