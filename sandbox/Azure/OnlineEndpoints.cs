using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>What Azure Machine Learning refuses of an online endpoint.</summary>
internal static class OnlineEndpoints
{
    public const string Type = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
    private const int All = 100;
    private const int MostMirrored = 50;

    /// <summary>
    /// Traffic goes only to servers that are there, and is whole or none; at most half of it is copied, to one server that has none.
    /// A cluster's endpoint takes no tokens of Entra's, and copies nothing.
    /// </summary>
    public static void Check(ArmCall call, Func<string, bool> isThere)
    {
        if (!call.Path.Type.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var isOnCluster = "Kubernetes".Equals(call.Body?["kind"]?.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        if (isOnCluster && "AADToken".Equals(call.Body?["properties"]?["authMode"]?.GetValue<string>(), StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal("asks for AADToken, which Kubernetes endpoints do not support");
        }

        var shares = Shares(call, "traffic").ToArray();
        var mirrors = Shares(call, "mirrorTraffic").ToArray();
        if (mirrors.Length > 0 && (isOnCluster || mirrors is not [{ Value: { } copied } one] || copied.GetValue<int>() > MostMirrored || shares.Any(share => share.Key == one.Key && share.Value!.GetValue<int>() > 0)))
        {
            throw Refusal($"has mirrored traffic, which must go to one deployment without live traffic, with at most {MostMirrored} percent, on managed compute");
        }

        if (shares.Concat(mirrors).FirstOrDefault(share => !isThere($"{call.Path.Id}/deployments/{share.Key}")).Key is { } absent)
        {
            throw Refusal($"has traffic for deployment '{absent}', which does not exist");
        }

        if (shares.Sum(share => share.Value!.GetValue<int>()) is not (0 or All))
        {
            throw Refusal($"has traffic that must sum to 0 or {All}");
        }

        ArmException Refusal(string why) => new(400, "BadRequest", $"The endpoint '{call.Path.Names[^1]}' {why}.");
    }

    /// <summary>Counts what users have asked so far, before the endpoint shares it in another way.</summary>
    public static void Settle(Resource resource, CloudState cloud)
    {
        if (resource.Type.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            cloud.Traffic.Advance(resource.Location);
        }
    }

    /// <summary>A server stays while requests, or copies of them, go to it. Source: Azure Machine Learning, safe rollout of online endpoints.</summary>
    public static void CheckRemoval(ResourcePath path, Func<string, Resource?> find)
    {
        if (!path.Type.Equals($"{Type}/deployments", StringComparison.OrdinalIgnoreCase) || find(path.Parent.Id) is not { } endpoint)
        {
            return;
        }

        foreach (var name in new[] { "traffic", "mirrorTraffic" })
        {
            if ((endpoint.Body["properties"]?[name] as JsonObject)?[path.Names[^1]]?.GetValue<int>() is > 0 and var share)
            {
                throw new ArmException(400, "BadRequest", $"Deployment '{path.Names[^1]}' has {share} percent of the endpoint's {name}: set it to 0 before the deployment is deleted.");
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Shares(ArmCall call, string name) => call.Body?["properties"]?[name] as JsonObject ?? [];
}
