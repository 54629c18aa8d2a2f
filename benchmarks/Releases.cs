using System.Text;
using Orchestrator.Core.Releases;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.Benchmarks;

/// <summary>Many releases in the sandbox, and the webhooks that GitHub would send for them.</summary>
internal static class Releases
{
    /// <summary>Publishes so many releases, keeps their webhooks from being sent, and returns them: one for each tag.</summary>
    public static IReadOnlyList<Delivery> Publish(SandboxHost sandbox, int count)
    {
        var repository = DemoStacks.Repository.Value;
        sandbox.GitHub.AddHook(repository, new("http://127.0.0.1:9/"), SandboxStacks.WebhookSecret);
        sandbox.GitHub.Fault = GitHubFault.DropsWebhooks;
        for (var number = 1; number <= count; number++)
        {
            var manifest = DemoReleases.Manifest($"2.0.{number}");
            DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(manifest).Value!);
            sandbox.GitHub.Publish(repository, $"v2.0.{number}", Encoding.UTF8.GetBytes(manifest));
        }

        sandbox.GitHub.Fault = null;
        return [.. sandbox.GitHub.Deliveries().Where(delivery => delivery.Action == "published")];
    }
}
