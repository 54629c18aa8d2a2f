using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Parity;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Writes summaries onto releases, and leaves alone what people have written there.</summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="writer">The budget.</param>
public sealed class SummarySender(GitHubConnection gitHub, WriterStore writer)
{
    /// <summary>Whether the release says it; false when the budget does not allow it now.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public Task<bool> SendAsync(SummaryWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return ChangeAsync(write, write.Tag, before => write.Sections.Aggregate(before, (body, section) => SummarySections.Put(body, section.Key, section.Value)), cancellationToken);
    }

    /// <summary>The same of the stacks side by side.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public Task<bool> SendAsync(ParityWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return ChangeAsync(write, write.Tag, before => SummarySections.PutParity(before, write.Text), cancellationToken);
    }

    private async Task<bool> ChangeAsync(PendingWrite write, ReleaseTag tag, Func<string, string> change, CancellationToken cancellationToken)
    {
        var uri = new Uri($"repos/{write.Repository}/releases/tags/{Uri.EscapeDataString(tag.Value)}", UriKind.Relative);
        var release = (await gitHub.Octokit.Connection.Get<ReleaseResource>(uri, null)).Body;
        var before = release.Body ?? string.Empty;
        var after = change(before);
        if (after == before)
        {
            return true;
        }

        if (!await writer.MayWriteAsync(write, cancellationToken))
        {
            return false;
        }

        await gitHub.Octokit.Repository.Release.Edit(write.Repository.Owner, write.Repository.Name, release.Id, new ReleaseUpdate { Body = after });
        return true;
    }
}
