using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Stacks with many regions.</summary>
internal static class LargeStack
{
    // As few as rule anything out at one look: what is asserted is the order of events, over thousands of looks.
    private const int FewRequests = 4;

    /// <summary>The stack as it is shipped, with environments like its production, each with all regions of the waves.</summary>
    public static DemoStack Of(DemoStack stack, IEnumerable<string> environments, (string Name, int Regions, TimeSpan Bake)[] waves, IEnumerable<int> weights, TimeSpan hold)
    {
        var configuration = stack.Edit();
        var names = Enumerable.Range(1, waves.Sum(wave => wave.Regions)).Select(number => $"{(stack.Configuration.IsInChina ? "china" : "us")}region{number.ToString("00", CultureInfo.InvariantCulture)}").ToArray();
        var production = configuration["environments"]!.AsArray().Last()!;
        configuration["environments"] = new JsonArray([.. environments.Select(name =>
        {
            var environment = production.DeepClone().AsObject();
            environment["name"] = name;
            environment["waves"] = new JsonArray([.. waves.Select((wave, index) => WaveOf(wave, names.Skip(waves.Take(index).Sum(before => before.Regions)).Take(wave.Regions)))]);
            environment["rollout"] = new JsonObject { ["traffic"] = new JsonArray([.. weights.Select(weight => new JsonObject { ["weight"] = weight, ["hold"] = $"{hold.TotalMinutes}m" })]) };
            environment["verification"] = new JsonObject { ["requests"] = FewRequests };
            environment["analysis"] = new JsonObject
            {
                ["every"] = "10m",
                ["metrics"] = new JsonArray(
                    new JsonObject { ["name"] = "errors", ["minimum"] = FewRequests, ["regression"] = 0.9 },
                    new JsonObject { ["name"] = "latency", ["minimum"] = FewRequests }),
            };
            return environment;
        })]);
        configuration["compliance"]!["residency"] = new JsonArray([.. names.Append(stack.Configuration.Orchestrator.Region.Value).Select(name => (JsonNode)name)]);
        var parsed = StackConfigurationParser.Parse(configuration.ToJsonString());
        parsed.Problems.ShouldBeEmpty();
        return new(parsed.Value!, configuration.ToJsonString());
    }

    private static JsonObject WaveOf((string Name, int Regions, TimeSpan Bake) wave, IEnumerable<string> regions) => new()
    {
        ["name"] = wave.Name,
        ["bake"] = $"{wave.Bake.TotalHours}h",
        ["regions"] = new JsonArray([.. regions.Select(region => new JsonObject { ["name"] = region })]),
    };
}
