using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.Network;
using Orchestrator.Infra.AzureNative.PrivateDns;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>A virtual network of one place, with addresses inside for the services that are closed to the internet.</summary>
internal sealed class PrivateNetwork : ComponentResource
{
    private const string Addresses = "10.40.0.0/16";
    private const string AppAddresses = "10.40.0.0/23";
    private const string EndpointAddresses = "10.40.2.0/24";

    private readonly Place place;
    private readonly VirtualNetwork network;
    private readonly Dictionary<string, PrivateZone> zones = [];

    /// <summary>Makes the network.</summary>
    /// <param name="place">Where.</param>
    /// <param name="delegatedTo">The service that has the apps' subnet.</param>
    /// <param name="options">The parent.</param>
    public PrivateNetwork(Place place, string delegatedTo, ComponentResourceOptions options)
        : base("dualstack:index:PrivateNetwork", place.Logical("network"), options)
    {
        this.place = place;
        network = new(
            place.Logical("vnet"),
            new()
            {
                ResourceGroupName = place.Group,
                VirtualNetworkName = place.Context.Names.Within("vnet", place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                AddressSpace = new AddressSpaceArgs { AddressPrefixes = [Addresses] },
                Subnets =
                [
                    new SubnetArgs { Name = "apps", AddressPrefix = AppAddresses, Delegations = [new DelegationArgs { Name = "apps", ServiceName = delegatedTo }] },
                    new SubnetArgs { Name = "endpoints", AddressPrefix = EndpointAddresses },
                ],
            },
            new() { Parent = this });
        RegisterOutputs();
    }

    /// <summary>The id of the apps' subnet.</summary>
    public Output<string> Apps => Output.Format($"{network.Id}/subnets/apps");

    /// <summary>Gives a service an address inside, and enters it in its zones.</summary>
    /// <param name="name">A name for the service here.</param>
    /// <param name="service">The service's id.</param>
    /// <param name="group">Which of its services, e.g. <c>blob</c>.</param>
    /// <param name="zoneNames">The zones' names.</param>
    public void Reach(string name, Output<string> service, string group, params IEnumerable<string> zoneNames)
    {
        var endpoint = new PrivateEndpoint(
            place.Logical("pe", name),
            new()
            {
                ResourceGroupName = place.Group,
                PrivateEndpointName = $"pe-{name}",
                Location = place.Region.Value,
                Tags = place.Tags(),
                Subnet = new SubResourceArgs { Id = Output.Format($"{network.Id}/subnets/endpoints") },
                PrivateLinkServiceConnections = [new PrivateLinkServiceConnectionArgs { Name = name, PrivateLinkServiceId = service, GroupIds = [group] }],
            },
            new() { Parent = this });
        _ = new PrivateDnsZoneGroup(
            place.Logical("dns", name),
            new()
            {
                ResourceGroupName = place.Group,
                PrivateEndpointName = endpoint.Name,
                PrivateDnsZoneGroupName = "default",
                PrivateDnsZoneConfigs = (PrivateDnsZoneConfigArgs[])[.. zoneNames.Select(zone => new PrivateDnsZoneConfigArgs { Name = zone.Replace('.', '-'), PrivateDnsZoneId = Zone(zone).Id })],
            },
            new() { Parent = this });
    }

    private PrivateZone Zone(string name)
    {
        if (zones.TryGetValue(name, out var known))
        {
            return known;
        }

        var zone = new PrivateZone(
            place.Logical(name),
            new() { ResourceGroupName = place.Group, PrivateZoneName = name, Location = "global", Tags = place.Tags() },
            new() { Parent = this });
        _ = new VirtualNetworkLink(
            place.Logical(name, "link"),
            new()
            {
                ResourceGroupName = place.Group,
                PrivateZoneName = zone.Name,
                VirtualNetworkLinkName = "own",
                Location = "global",
                RegistrationEnabled = false,
                VirtualNetwork = new SubResourceArgs { Id = network.Id },
            },
            new() { Parent = this });
        return zones[name] = zone;
    }
}
