using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>What Azure Machine Learning refuses of an online endpoint.</summary>
internal static class OnlineEndpoints
{
    private const string Type = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
    private const int All = 100;

    /// <summary>Traffic goes only to servers that are there, and is whole or none.</summary>
    public static void Check(ArmCall call, Func<string, bool> isThere)
    {
        if (!call.Path.Type.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var shares = Shares(call, "traffic").ToArray();
        if (shares.Concat(Shares(call, "mirrorTraffic")).FirstOrDefault(share => !isThere($"{call.Path.Id}/deployments/{share.Key}")).Key is { } absent)
        {
            throw new ArmException(400, "BadRequest", $"The traffic of endpoint '{call.Path.Names[^1]}' names deployment '{absent}', which does not exist.");
        }

        if (shares.Sum(share => share.Value!.GetValue<int>()) is not (0 or All))
        {
            throw new ArmException(400, "BadRequest", $"The traffic of endpoint '{call.Path.Names[^1]}' must sum to 0 or {All}.");
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Shares(ArmCall call, string name) => call.Body?["properties"]?[name] as JsonObject ?? [];
}
