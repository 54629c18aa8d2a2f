using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.EndToEnd.Tests.Deliveries;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Retention;

/// <summary>A repository with releases of three versions, and what a test of their retention asks.</summary>
internal static class LongRecord
{
    public const string Old = "1.1.0";
    public const string Baseline = "1.2.0";
    public const string Promoted = "1.3.0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A world in which three releases have been rolled out, one after the other.</summary>
    public static async Task<LedgerWorld> StartAsync()
    {
        var world = await LedgerWorld.StartAsync();
        foreach (var version in new[] { Old, Baseline, Promoted })
        {
            world.Publish(version);
            await world.SentAsync();
            (await world.EndAsync(version)).Phase.ShouldBe(RunPhase.Succeeded);
        }

        return world;
    }

    /// <summary>Asks for another attempt at the oldest: it is older than what runs, and so ends at once.</summary>
    public static async Task<string> AskAgainAsync(this LedgerWorld world)
    {
        using var answer = await world.Http.PostAsJsonAsync("api/rollouts", new { tag = $"v{Old}", stack = DemoStacks.UsClosed, environment = "staging", why = "to see" }, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
        await world.Host.Client.WaitForInstanceCompletionAsync(id, Token);
        return id;
    }

    public static string RolloutOf(string version, int attempt) => new ReleaseKey(DemoStacks.Repository, Identifier.Parse<ReleaseTag>($"v{version}"), attempt)
        .Rollout(Identifier.Parse<StackName>(DemoStacks.UsClosed), Identifier.Parse<EnvironmentName>("staging"));

    public static async Task<PurgeReport> PurgeAsync(this LedgerWorld world)
    {
        using var answer = await world.Http.PostAsync(new Uri("api/purge", UriKind.Relative), null, Token);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PurgeReport>(JsonSerializerOptions.Web, Token))!;
    }

    public static async Task<ReleaseView> ReleaseAsync(this LedgerWorld world, string id) =>
        (await world.Http.GetFromJsonAsync<ReleaseView>($"api/releases/{id}", JsonSerializerOptions.Web, Token))!;

    public static async Task<RolloutView> RolloutAsync(this LedgerWorld world, string id) =>
        (await world.Http.GetFromJsonAsync<RolloutView>($"api/rollouts/{id}", JsonSerializerOptions.Web, Token))!;

    public static async Task<IReadOnlyList<RolloutSummary>> ListAsync(this LedgerWorld world) =>
        (await world.Http.GetFromJsonAsync<JsonElement>("api/rollouts", Token)).GetProperty("rollouts").Deserialize<IReadOnlyList<RolloutSummary>>(JsonSerializerOptions.Web)!;

    public static async Task<GitHubReport> RetentionHealthAsync(this LedgerWorld world) => new(await world.Http.GetFromJsonAsync<JsonElement>("api/health/retention", Token));
}
