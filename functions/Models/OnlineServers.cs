using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Open models on Azure Machine Learning: a further server of the region's online endpoint, made as the one that serves now with
/// other weights, and asked by its header until nothing else is.
/// </summary>
/// <param name="resources">The resources.</param>
/// <param name="probe">Who asks the model.</param>
/// <param name="traffic">Which server an endpoint gives its traffic to.</param>
public sealed class OnlineServers(ModelResources resources, ModelProbe probe, OnlineTraffic traffic) : IModelServing
{
    private const string Version = ApiVersions.MachineLearning;

    /// <inheritdoc />
    public ModelKind Kind => ModelKind.Online;

    /// <inheritdoc />
    public async Task<ModelReadiness> BringAsync(ModelOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (target, server) = (order.Region.Target, order.Change.Server);
        var endpoint = EndpointOf(target, order.Change.Name);
        var pin = order.Region.Candidate.Pins!.Open.First(weights => weights.Name == order.Change.Name);
        if (await resources.ReadAsync(target, $"{endpoint}/deployments/{server}", Version, cancellationToken) is { } there)
        {
            return await LookAsync(order, pin, there, cancellationToken);
        }

        if (await ServingAsync(target, endpoint, cancellationToken) is not { } serving)
        {
            return ModelReadiness.Hindered($"expected a server with traffic behind {endpoint}, which the new one could be made after; found none");
        }

        var container = pin.Server?.Image is { } image ? await ServerContainers.MakeAsync(resources, target, endpoint, pin.Name, image, cancellationToken) : null;
        var own = StackServer.Of(serving, await ServersAsync(target, endpoint, cancellationToken));
        var body = ServerTemplate.Of(serving, own, pin, container);
        Makers.Mark(body, order, serving);
        await resources.PutAsync(target, $"{endpoint}/deployments/{server}", Version, body, cancellationToken);
        return await resources.ReadAsync(target, $"{endpoint}/deployments/{server}", Version, cancellationToken) is { } made
            ? await LookAsync(order, pin, made, cancellationToken)
            : ModelReadiness.Progressing($"server {server} is asked for");
    }

    /// <inheritdoc />
    public async Task RemoveAsync(RegionTarget target, ModelEntry retired, ModelEntry serving, bool isReplaced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(retired);
        ArgumentNullException.ThrowIfNull(serving);
        var endpoint = EndpointOf(target, retired.Name);
        var stays = HeaderOf(serving);
        var found = await FindAsync(target, endpoint, retired, stays, cancellationToken);
        if (found.FirstOrDefault(one => Makers.MayRemove(one, isReplaced)) is not { } removable)
        {
            Tell(target, endpoint, isReplaced ? [] : found);
            return;
        }

        var gone = removable["name"]!.GetValue<string>();
        if (stays is not null && (await traffic.ReadAsync(target, endpoint, cancellationToken)).GetValueOrDefault(gone) > 0)
        {
            await traffic.GiveAsync(target, endpoint, stays, cancellationToken);
        }

        await RemoveAsync(target, endpoint, gone, cancellationToken);
    }

    /// <inheritdoc />
    public async Task SweepAsync(RegionTarget target, IReadOnlyList<ModelEntry> serving, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(serving);
        var left = new Leftovers();
        foreach (var model in (target.Region.Models?.Open ?? []).Where(slot => slot.Serving == ServingKind.Azureml).Select(slot => slot.Name))
        {
            var endpoint = EndpointOf(target, model);
            var shares = await traffic.ReadAsync(target, endpoint, cancellationToken);
            foreach (var server in (await ServersAsync(target, endpoint, cancellationToken)).Where(Makers.IsOurs).Select(one => one["name"].Text()).OfType<string>())
            {
                if (shares.GetValueOrDefault(server) == 0 && serving.All(entry => HeaderOf(entry) != server))
                {
                    await left.TryAsync(() => RemoveAsync(target, endpoint, server, cancellationToken));
                }
            }
        }

        left.Tell();
    }

    // A server that requests, or copies of them, go to cannot go itself.
    private async Task RemoveAsync(RegionTarget target, string endpoint, string server, CancellationToken cancellationToken)
    {
        await traffic.CopyNoMoreAsync(target, endpoint, server, cancellationToken);
        await resources.RemoveAsync(target, $"{endpoint}/deployments/{server}", Version, cancellationToken);
    }

    private async Task<IEnumerable<JsonObject>> ServersAsync(RegionTarget target, string endpoint, CancellationToken cancellationToken) =>
        ((await resources.ReadAsync(target, $"{endpoint}/deployments", Version, cancellationToken))?["value"] as JsonArray ?? []).OfType<JsonObject>();

    // A gateway that names no server is told from what one loads and runs which one served it, whoever has the traffic by now.
    private async Task<JsonObject[]> FindAsync(RegionTarget target, string endpoint, ModelEntry retired, string? stays, CancellationToken cancellationToken)
    {
        var servers = (await ServersAsync(target, endpoint, cancellationToken)).Where(one => one["name"].Text() != stays);
        return HeaderOf(retired) is { } header
            ? [.. servers.Where(one => one["name"].Text() == header && (retired.Identity is null || DigestOf(one) == retired.Identity))]
            : [.. servers.Where(one => retired.Identity is not null && DigestOf(one) == retired.Identity && ServerTemplate.DigestOf(one) == retired.ServerDigest)];
    }

    // What we have made ourselves may have lost its tag since, or got another: it stays, and so do its machines.
    private static void Tell(RegionTarget target, string endpoint, JsonObject[] kept)
    {
        if (kept.FirstOrDefault(one => ServerNames.IsOfRelease(one) && ServerTemplate.HasNotes(one)) is { } left)
        {
            throw new StackRefusedException($"{target}: {endpoint}/deployments/{left["name"].Text()} keeps its machines, as the orchestrator removes no candidate's server with {Makers.Told(left)}: remove it, or give it the tag {Makers.Mine}");
        }
    }

    private async Task<ModelReadiness> LookAsync(ModelOrder order, WeightsPin pin, JsonObject there, CancellationToken cancellationToken)
    {
        var server = order.Change.Server;
        var digest = DigestOf(there);
        if (digest != order.Change.To)
        {
            return ModelReadiness.Failed($"expected server {server} to load weights {order.Change.To}, found {digest ?? "none"}");
        }

        var (runs, wanted) = (ServerTemplate.DigestOf(there), ModelPlanner.ServerDigestOf(pin.Server));
        if (runs != wanted)
        {
            return ModelReadiness.Failed($"expected server {server} to run {ServerTemplate.Told(wanted)}, found {ServerTemplate.Told(runs)}");
        }

        if (Makers.Refuse($"server {server}", there, order.IsReturn()) is { } why)
        {
            return ModelReadiness.Hindered(why);
        }

        switch ((there["properties"]?["provisioningState"]).Text())
        {
            case "Succeeded":
                break;
            case ("Failed" or "Canceled") and var end:
                return ModelReadiness.Hindered($"server {server} is {end}");
            case var state:
                return ModelReadiness.Progressing($"server {server} is {state}: weights are fetched and loaded");
        }

        var entry = order.Entry();
        if (HeaderOf(entry) is null)
        {
            await ServeUnnamedAsync(order.Region.Target, EndpointOf(order.Region.Target, entry.Name), server, cancellationToken);
        }

        var answer = await probe.AskAsync(order.Region.Target, Kind, entry, cancellationToken);
        return FirstAnswer.Judge(Kind, $"server {server}", entry.Asked, answer);
    }

    // An earlier revision may name no server and ask whichever has the traffic. What serves meanwhile names its own, and loses nothing.
    private async Task ServeUnnamedAsync(RegionTarget target, string endpoint, string server, CancellationToken cancellationToken)
    {
        if ((await traffic.ReadAsync(target, endpoint, cancellationToken)).GetValueOrDefault(server) != OnlineTraffic.All)
        {
            await traffic.GiveAsync(target, endpoint, server, cancellationToken);
        }
    }

    private async Task<JsonObject?> ServingAsync(RegionTarget target, string endpoint, CancellationToken cancellationToken)
    {
        var shares = await traffic.ReadAsync(target, endpoint, cancellationToken);
        return shares.Count == 0 ? null : await resources.ReadAsync(target, $"{endpoint}/deployments/{shares.MaxBy(share => share.Value).Key}", Version, cancellationToken);
    }

    /// <summary>The endpoint of a model, below the region's resource group.</summary>
    internal static string EndpointOf(RegionTarget target, string model)
    {
        var slot = target.Region.Models!.FindOpen(model)!;
        return $"Microsoft.MachineLearningServices/workspaces/{slot.Workspace}/onlineEndpoints/{slot.OnlineEndpoint}";
    }

    /// <summary>The server that a gateway names; null when it asks whichever has the traffic.</summary>
    internal static string? HeaderOf(ModelEntry entry) => entry.Headers?.GetValueOrDefault(ModelPlanner.ServerHeader);

    /// <summary>The digest of the weights that a server loads.</summary>
    internal static string? DigestOf(JsonObject server) => (server["properties"]?["environmentVariables"]?["WEIGHTS_DIGEST"]).Text();
}
