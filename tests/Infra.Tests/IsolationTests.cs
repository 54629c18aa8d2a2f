using System.Text.Json.Nodes;
using CsCheck;
using Orchestrator.Core.Topologies;
using Orchestrator.Infra.AzureNative.Resources;

namespace Orchestrator.Infra.Tests;

/// <summary>No resource of one stack knows of the other: not its provider, subscription, tenant, regions, hosts or identities.</summary>
public sealed class IsolationTests
{
    private const int Pairs = 40;

    [Fact]
    public async Task The_stacks_that_ship_share_nothing() => await CheckAsync(Programs.Shipped("us-closed"), Programs.Shipped("china-open"));

    [Fact]
    public Task No_two_stacks_that_can_be_written_share_anything() =>
        Configurations.Pair.SampleAsync(pair => CheckAsync(pair.Us, pair.China), iter: Pairs, threads: 1);

    private static async Task CheckAsync(JsonObject us, JsonObject china)
    {
        var (first, second) = (await Programs.RunAsync(us), await Programs.RunAsync(china));
        first.Refusal.ShouldBeNull();
        second.Refusal.ShouldBeNull();
        Check(first, [.. Marks(china), .. Identities(second)]);
        Check(second, [.. Marks(us), .. Identities(first)]);

        var ids = first.Azure.Asked.Select(Id).ToHashSet();
        second.Azure.Asked.Select(Id).Where(ids.Contains).ShouldBeEmpty();
        Topology(await first.TopologyAsync()).SubscriptionId.ShouldNotBe(Topology(await second.TopologyAsync()).SubscriptionId);
    }

    private static void Check(ProgramRun run, string[] foreign)
    {
        var found =
            from one in run.Azure.Asked
            from value in Readable.Values(one.Inputs).Append(one.Provider ?? string.Empty).Append(one.Name!)
            where value != DeploymentTemplateArgs.Language
            from mark in foreign
            where value.Contains(mark, StringComparison.OrdinalIgnoreCase)
            select $"{one.Name}: {value} has {mark}";
        found.ShouldBeEmpty();
    }

    // Each identity by all that it is known by.
    private static IEnumerable<string> Identities(ProgramRun run) => run.Azure.Of("azure-native:managedidentity/v20241130:UserAssignedIdentity")
        .SelectMany(identity => new[] { RecordingAzure.ClientOf(identity.Name!), RecordingAzure.PrincipalOf(identity.Name!), (string)identity.Inputs["resourceName"] });

    // What may not appear in the other stack: whatever is the stack's own.
    private static string[] Marks(JsonObject stack) =>
    [
        stack["name"]!.ToString(),
        stack["tenantId"]!.ToString(),
        stack["subscriptionId"]!.ToString(),
        stack["owner"]!.ToString(),
        stack["costCentre"]!.ToString(),
        stack["image"]!.ToString().Split('/')[0],
        .. stack["compliance"]!["residency"]!.AsArray().Select(region => region!.ToString()),
        .. stack["name"]!.ToString().StartsWith("us", StringComparison.Ordinal) ? new[] { "windows.net", "azure.com", "azure.net" } : ["chinacloudapi", "azure.cn"],
    ];

    private static string Id(global::Pulumi.Testing.MockResourceArgs one) =>
        string.Join('/', one.Type, one.Inputs.GetValueOrDefault("scope"), one.Inputs.GetValueOrDefault("resourceGroupName"), one.Name);

    private static StackDefinition Topology(string json) => TopologyParser.Parse(json).Value.ShouldNotBeNull().Stacks.ShouldHaveSingleItem();
}
