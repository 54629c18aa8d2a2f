using System.Collections.Immutable;

namespace Orchestrator.Infra.Tests;

/// <summary>With a private network, what is closed to the internet has an address inside, or nobody could reach it.</summary>
public sealed class PrivateNetworkTests
{
    private const string Network = "azure-native:network/v20240501:";

    [Fact]
    public async Task Everything_that_is_closed_has_an_address_for_each_service_that_is_used()
    {
        var run = await Programs.RunAsync(OwnServers.InTwoColours());

        Addresses(run, "orchestrator").ShouldBe(["blob of state", "queue of state", "table of state", "vault of vault"], ignoreOrder: true);
        Addresses(run, "chinaeast2").ShouldBe(["blob of weights", "vault of vault", "amlworkspace of workspace"], ignoreOrder: true);
        run.Azure.Asked.Where(IsClosed).Select(one => $"/{one.Type}/{one.Name}")
            .ShouldBe(run.Azure.Of($"{Network}PrivateEndpoint").Select(endpoint => (string)Connection(endpoint)["privateLinkServiceId"]).Distinct(), ignoreOrder: true);
    }

    [Theory]
    [InlineData("us-closed", "windows.net", "azure.net")]
    [InlineData("china-open", "chinacloudapi.cn", "azure.cn")]
    public async Task Addresses_are_entered_in_the_zones_of_the_stacks_own_cloud(string stack, params string[] suffixes)
    {
        var configuration = Programs.Shipped(stack);
        configuration["network"] = "private";

        var run = await Programs.RunAsync(configuration);

        var zones = run.Azure.Of("azure-native:privatedns/v20240601:PrivateZone").Select(zone => (string)zone.Inputs["privateZoneName"]).Distinct().ToArray();
        zones.Length.ShouldBeGreaterThanOrEqualTo(4);
        zones.ShouldAllBe(zone => zone.StartsWith("privatelink.", StringComparison.Ordinal));
        suffixes.ShouldAllBe(suffix => zones.Any(zone => zone.EndsWith(suffix, StringComparison.Ordinal)));
        run.Azure.Of($"{Network}PrivateDnsZoneGroup").Count().ShouldBe(run.Azure.Of($"{Network}PrivateEndpoint").Count());
    }

    [Fact]
    public async Task Machines_that_Azure_manages_reach_the_stacks_own_registry_and_nothing_else_outside()
    {
        var run = await Programs.RunAsync(OwnServers.InTwoColours());

        var workspace = run.Azure.Of("azure-native:machinelearningservices/v20251201:Workspace").ShouldHaveSingleItem();
        workspace.Inputs["provisionNetworkNow"].ShouldBe(true);
        var network = Map(workspace.Inputs["managedNetwork"]);
        network["isolationMode"].ShouldBe("AllowOnlyApprovedOutbound");
        var (_, rule) = Map(network["outboundRules"]).ShouldHaveSingleItem();
        Map(Map(rule)["destination"])["serviceResourceId"].ShouldBe(OwnServers.InTwoColours()["registry"]!.ToString());
        (await Programs.RunAsync(OwnServers.OnCluster())).Azure.Of(workspace.Type!).ShouldHaveSingleItem().Inputs.Keys.ShouldNotContain("managedNetwork");
    }

    [Fact]
    public async Task An_environment_takes_the_delegated_subnet_because_it_has_a_workload_profile()
    {
        var run = await Programs.RunAsync(OwnServers.InTwoColours());

        var home = run.Azure.Of("azure-native:app/v20250701:ManagedEnvironment").ShouldHaveSingleItem();
        ((string)Map(home.Inputs["vnetConfiguration"])["infrastructureSubnetId"]).ShouldEndWith("/subnets/apps");
        Map(((ImmutableArray<object>)home.Inputs["workloadProfiles"]).ShouldHaveSingleItem())["workloadProfileType"].ShouldBe("Consumption");
    }

    private static bool IsClosed(Pulumi.Testing.MockResourceArgs one) =>
        one.Type is not "azure-native:machinelearningservices/v20251201:OnlineEndpoint"
        && "Disabled".Equals(one.Inputs.GetValueOrDefault("publicNetworkAccess") ?? (one.Inputs.GetValueOrDefault("properties") as ImmutableDictionary<string, object>)?.GetValueOrDefault("publicNetworkAccess"));

    private static IEnumerable<string> Addresses(ProgramRun run, string place) => run.Azure.Of($"{Network}PrivateEndpoint")
        .Where(endpoint => endpoint.Name!.Contains(place, StringComparison.Ordinal))
        .Select(endpoint => $"{((ImmutableArray<object>)Connection(endpoint)["groupIds"]).ShouldHaveSingleItem()} of {((string)Connection(endpoint)["privateLinkServiceId"]).Split('-')[^1]}");

    private static ImmutableDictionary<string, object> Connection(Pulumi.Testing.MockResourceArgs endpoint) =>
        Map(((ImmutableArray<object>)endpoint.Inputs["privateLinkServiceConnections"]).ShouldHaveSingleItem());

    private static ImmutableDictionary<string, object> Map(object value) => (ImmutableDictionary<string, object>)value;
}
