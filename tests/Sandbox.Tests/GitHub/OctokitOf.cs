using Octokit;
using Octokit.Internal;

namespace Orchestrator.Sandbox.Tests.GitHub;

/// <summary>The real Octokit, pointed at the sandbox.</summary>
internal static class OctokitOf
{
    public const string Owner = "acme";
    public const string Name = "assistant";

    public static GitHubClient Octokit(this RunningSandbox sandbox, Credentials? credentials = null) => new(
        new Connection(
            new ProductHeaderValue("tests"),
            sandbox.Host.GitHub.ApiUrl,
            new InMemoryCredentialStore(credentials ?? new(RunningSandbox.Token)),
            new HttpClientAdapter(() => new HttpClientHandler()),
            new SimpleJsonSerializer()));

    /// <summary>A deployment as this product asks for one: nothing merged, nothing waited for.</summary>
    public static NewDeployment Deployment(string reference, string environment) => new(reference)
    {
        AutoMerge = false,
        RequiredContexts = [],
        Environment = environment,
    };
}
