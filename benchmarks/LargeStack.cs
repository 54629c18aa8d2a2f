using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Local.Demo;

namespace Orchestrator.Benchmarks;

/// <summary>A stack as it ships, with as many regions as a benchmark wants.</summary>
internal static class LargeStack
{
    /// <summary>The stack with so many regions in the last environment, all in one wave, and with no other environment.</summary>
    public static JsonObject Edit(DemoStack stack, int regions)
    {
        var configuration = stack.Edit();
        var names = Enumerable.Range(0, regions).Select(number => $"{(stack.Configuration.IsInChina ? "china" : "region")}{number}").ToArray();
        var environment = configuration["environments"]!.AsArray()[^1]!.DeepClone();
        environment["waves"] = new JsonArray(new JsonObject { ["name"] = "all", ["regions"] = new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name })]) });
        configuration["environments"] = new JsonArray(environment);
        configuration["orchestrator"] = new JsonObject { ["region"] = names[0] };
        configuration["compliance"]!["residency"] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        return configuration;
    }

    /// <summary>A configuration as a stack that can be brought up.</summary>
    public static DemoStack Read(JsonObject configuration)
    {
        var json = configuration.ToJsonString();
        var parsed = StackConfigurationParser.Parse(json);
        return parsed.IsValid ? new(parsed.Value, json) : throw new InvalidOperationException(string.Join('\n', parsed.Problems));
    }
}
