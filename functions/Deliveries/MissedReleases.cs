using Microsoft.DurableTask.Client;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Finds published releases that no delivery tells of, and starts them.</summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="starter">Who starts runs.</param>
/// <param name="settings">The repository.</param>
/// <param name="time">The clock.</param>
public sealed class MissedReleases(GitHubConnection gitHub, ReleaseStarter starter, OrchestratorSettings settings, TimeProvider time)
{
    // GitHub's list goes by the date of the tagged commit, not of the publication: the first page alone would not do where an
    // older commit is released, or a draft has waited.
    private static readonly ApiOptions Newest = new() { PageSize = 100, PageCount = 10 };

    /// <summary>Starts the releases that were published in the window and have no run, oldest first, and adds them to <paramref name="gaps"/>.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task StartAsync(DurableTaskClient client, SweepWindow window, ICollection<Gap> gaps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(gaps);
        var repository = settings.Topology.Repository;
        var releases = await gitHub.Octokit.Repository.Release.GetAll(repository.Owner, repository.Name, Newest);
        var takesPrereleases = settings.Topology.TakesPrereleases;
        foreach (var release in releases.Where(one => !one.Draft && (!one.Prerelease || takesPrereleases) && one.PublishedAt is { } at && window.Holds(at)).OrderBy(one => one.PublishedAt))
        {
            if (ReleaseTag.From(release.TagName) is not { } tag
                || new ReleaseKey(repository, tag, release.Prerelease ? ReleaseKey.OfPrerelease : ReleaseKey.OfRelease) is not { } key
                || await starter.WasMadeAsync(client, key, cancellationToken))
            {
                continue;
            }

            var run = await starter.StartAsync(client, new(key, DeliveryId: string.Empty), cancellationToken);
            gaps.Add(Gap.Untold(tag, release.PublishedAt!.Value, time.GetUtcNow(), run));
        }
    }
}
