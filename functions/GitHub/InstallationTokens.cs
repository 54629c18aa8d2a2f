using Octokit;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub;

/// <summary>A GitHub App signed in to its installation on one repository: tokens last an hour and are kept until shortly before.</summary>
/// <param name="repository">The repository.</param>
/// <param name="app">GitHub, signed in as the app itself.</param>
/// <param name="time">The clock.</param>
internal sealed class InstallationTokens(RepositoryName repository, IGitHubClient app, TimeProvider time) : ICredentialStore, IDisposable
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private AccessToken? token;

    public async Task<Credentials> GetCredentials()
    {
        await turn.WaitAsync();
        try
        {
            if (token is null || token.ExpiresAt - Reserve <= time.GetUtcNow())
            {
                var installation = await app.GitHubApps.GetRepositoryInstallationForCurrent(repository.Owner, repository.Name);
                token = await app.GitHubApps.CreateInstallationToken(installation.Id);
            }

            return new Credentials(token.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
