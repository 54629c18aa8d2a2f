using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Suites;
using Orchestrator.Functions.Weights;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What a region has of models: its account's deployments, its gateway's list, its storage, what answers there.</summary>
/// <param name="services">The function app's services, which know the way.</param>
/// <param name="target">The region.</param>
internal sealed class ModelRegion(IServiceProvider services, RegionTarget target)
{
    public const string CognitiveServices = "2025-06-01";

    public RegionTarget Target => target;

    /// <summary>The account's deployments in full, by name.</summary>
    public async Task<IReadOnlyDictionary<string, JsonObject>> DeploymentsAsync() =>
        ((await Resources.ReadAsync(target, $"{Account}/deployments", CognitiveServices, Token))?["value"]?.AsArray() ?? [])
            .ToDictionary(one => one!["name"]!.GetValue<string>(), one => one!.AsObject());

    /// <summary>Puts a deployment into the account, as somebody else would.</summary>
    public Task PutDeploymentAsync(string name, string model, string version, int capacity, string? maker = null, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["tags"] = maker is null ? null : new JsonObject { ["managed-by"] = maker },
            ["sku"] = new JsonObject { ["name"] = "DataZoneStandard", ["capacity"] = capacity },
            ["properties"] = new JsonObject
            {
                ["model"] = new JsonObject { ["format"] = "OpenAI", ["name"] = model, ["version"] = version },
                ["versionUpgradeOption"] = "NoAutoUpgrade",
            },
        };
        change?.Invoke(body);
        return Resources.PutAsync(target, $"{Account}/deployments/{name}", CognitiveServices, body, Token);
    }

    public Task RemoveDeploymentAsync(string name) => Resources.RemoveAsync(target, $"{Account}/deployments/{name}", CognitiveServices, Token);

    /// <summary>What the serving gateway asks.</summary>
    public async Task<IReadOnlyList<ModelEntry>> EntriesAsync()
    {
        var apps = services.GetRequiredService<ContainerApps>();
        var serving = (await apps.ReadAsync(target, Token)).ShouldNotBeNull().Serving().ShouldNotBeNull();
        return (await apps.ReadRevisionAsync(target, serving, Token)).ShouldNotBeNull().Models;
    }

    /// <summary>The folder of weights in the region's storage.</summary>
    public async Task<WeightsFolder> FolderAsync(OpenWeights weights) => new(await services.GetRequiredService<RegionWeights>().StorageOfAsync(target, Token), weights);

    /// <summary>The names that the cluster behind an entry serves.</summary>
    public async Task<IReadOnlyList<string>> ServedAsync(ModelEntry entry) =>
        (await services.GetRequiredService<ModelProbe>().ServedAsync(target, ModelKind.External, entry, Token)).Names.ShouldNotBeNull();

    /// <summary>What an entry's model says that it is.</summary>
    public async Task<string?> AnswersAsAsync(ModelKind kind, ModelEntry entry) =>
        (await services.GetRequiredService<ModelProbe>().AskAsync(target, kind, entry, Token)).Model;

    /// <summary>What its candidate has shown last.</summary>
    public async Task<StoredScores?> ScoresAsync(string model) =>
        (await services.GetRequiredService<SuiteScoreStore>().OfAsync(target.Stack, Token)).SingleOrDefault(scores => scores.Environment == target.Environment && scores.Region == target.Region.Name && scores.Model == model);

    /// <summary>What it has passed the gate with last.</summary>
    public Task<StoredScores?> PassedAsync(string model) => services.GetRequiredService<SuiteScoreStore>().PassedAsync(target, model, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ModelResources Resources => services.GetRequiredService<ModelResources>();

    private string Account => $"Microsoft.CognitiveServices/accounts/{target.Region.Models!.Account!.Name}";

    /// <summary>All regions of a stack, in rollout order.</summary>
    public static IReadOnlyList<ModelRegion> All(Topology topology, IServiceProvider services, string stack) =>
    [
        .. topology.Stacks.Where(one => one.Name.Value == stack).SelectMany(one => one.Environments.SelectMany(environment => environment.Regions
            .Select(region => new ModelRegion(services, new(one.Name, environment.Name, region))))),
    ];
}
