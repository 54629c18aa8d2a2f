using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.State;
using Orchestrator.Functions.Suites;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Parity;

/// <summary>A release whose stacks are compared: what it demands, what its stacks show, and what is on GitHub in the end.</summary>
internal static class ParityRelease
{
    public const string Us = DemoStacks.UsClosed;
    public const string China = DemoStacks.ChinaOpen;
    public const string Next = DemoReleases.NextVersion;
    public const string Tag = $"v{Next}";

    public static readonly Sha256Digest Suite = Sha256Digest.Of("the suite of these tests"u8);

    private static readonly string Owner = DemoStacks.Repository.Owner;
    private static readonly string Name = DemoStacks.Repository.Name;

    /// <summary>The demo's manifest with a demand: another image, and no model that would have to be brought up.</summary>
    public static string Manifest(string parity, string version = Next)
    {
        var manifest = JsonNode.Parse(DemoReleases.Manifest(version))!.AsObject();
        manifest["parity"] = JsonNode.Parse(parity);
        foreach (var (_, stack) in manifest["stacks"]!.AsObject())
        {
            stack!.AsObject().Remove("closedModels");
            stack.AsObject().Remove("openWeights");
        }

        return manifest.ToJsonString();
    }

    /// <summary>Five cases with twenty tries each, so many of a hundred passed.</summary>
    public static IReadOnlyList<CaseScore> Cases(int passed) =>
        [.. Enumerable.Range(0, 5).Select(number => new CaseScore($"code-{number}", "coding", (passed / 5) + (number < passed % 5 ? 1 : 0), 20, 0, LatencyMs: 400))];

    /// <summary>What the verification of a release has kept of one region in production.</summary>
    public static Task ShowAsync(this World world, string stack, int passed, string model = "a-model", string tag = Tag) =>
        world.Demo.Host.Services.GetRequiredService<SuiteScoreStore>().KeepAsync(Stored(world, stack, passed, model, tag), TestContext.Current.CancellationToken);

    public static Sha256Digest DigestOf(string manifest) => Sha256Digest.Of(Encoding.UTF8.GetBytes(manifest));

    public static StoredScores Stored(World world, string stack, int passed, string model = "a-model", string tag = Tag)
    {
        var definition = world.Demo.Topology.Stacks.Single(one => one.Name.Value == stack);
        var environment = definition.Environments[^1];
        return new(Identifier.Parse<ReleaseTag>(tag), definition.Name, environment.Name, environment.Regions.First().Name, model, "2026-08-07", DateTimeOffset.UnixEpoch, Verdict.Pass, new("default", Suite, Cases(passed)), null);
    }

    /// <summary>A sheet as the other stack's function app would have written it.</summary>
    public static JsonObject Sheet(int passed, string stack = China) => new()
    {
        ["stack"] = stack,
        ["tag"] = Tag,
        ["environment"] = "production",
        ["at"] = "2026-11-27T08:00:00+08:00",
        ["models"] = new JsonArray(new JsonObject { ["name"] = "deepseek-v4-flash", ["identity"] = new string('9', 64) }),
        ["manifest"] = DigestOf(Manifest("{}")).Value,
        ["suite"] = "default",
        ["digest"] = Suite.Value,
        ["cases"] = new JsonArray([.. Cases(passed).Select(score => new JsonObject
        {
            ["id"] = score.Id,
            ["category"] = score.Category,
            ["passed"] = score.Passed,
            ["tries"] = score.Tries,
            ["errors"] = score.Errors,
            ["latencyMs"] = score.LatencyMs,
        })]),
    };

    /// <summary>Puts a sheet onto the release, in the place of the one before.</summary>
    public static Task UploadAsync(this World world, string content, string stack = China) => ReplaceAsync(world, $"scores.{stack}.json", content);

    /// <summary>Puts a file onto the release, in the place of the one before.</summary>
    public static async Task ReplaceAsync(this World world, string asset, string content)
    {
        var (client, release) = (Client(world), await ReleaseAsync(world));
        foreach (var before in release.Assets.Where(one => one.Name == asset))
        {
            await client.Repository.Release.DeleteAsset(Owner, Name, before.Id);
        }

        using var body = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await client.Repository.Release.UploadAsset(release, new ReleaseAssetUpload(asset, "application/json", body, null));
    }

    public static Task<Release> ReleaseAsync(this World world, string tag = Tag) => Client(world).Repository.Release.Get(Owner, Name, tag);

    /// <summary>The bytes of a stack's sheet on GitHub.</summary>
    public static async Task<string> SheetAsync(this World world, string stack)
    {
        var asset = (await ReleaseAsync(world)).Assets.Single(one => one.Name == $"scores.{stack}.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, asset.Url);
        request.Headers.Accept.Add(new("application/octet-stream"));
        request.Headers.Authorization = new("Bearer", world.Demo.Sandbox.GitHub.Options.Token);
        using var http = new HttpClient();
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Has what waits compared again.</summary>
    public static async Task<ParityTrend> CompareAsync(this World world)
    {
        using var response = await world.PostAsync("parity");
        await world.TellGitHubAsync();
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ParityTrend>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Has the release wait for others' scores since another time.</summary>
    public static async Task WaitsSinceAsync(this World world, DateTimeOffset since)
    {
        var store = world.Demo.Host.Services.GetRequiredService<IStateStore>();
        var entry = (await store.ListAsync("parity-pending", TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        var pending = JsonNode.Parse(entry.Json)!;
        pending["since"] = since.ToString("O");
        (await store.TryWriteAsync("parity-pending", entry.Key, pending.ToJsonString(), entry.Version, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    public static async Task<ParityTrend> TrendAsync(this World world) =>
        (await world.Keyed.GetFromJsonAsync<ParityTrend>("api/parity", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;

    public static async Task<ParityView> ReportAsync(this World world, string tag = Tag) =>
        (await world.Keyed.GetFromJsonAsync<ParityView>($"api/parity/{tag}", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;

    private static GitHubClient Client(World world) => new(new Connection(new ProductHeaderValue("tests"), world.Demo.Sandbox.GitHub.ApiUrl))
    {
        Credentials = new(world.Demo.Sandbox.GitHub.Options.Token),
    };
}
