using Orchestrator.Core.Configurations;
using Orchestrator.Infra.AzureNative.MachineLearning;
using Pulumi;
using IdentityArgs = Orchestrator.Infra.AzureNative.IdentityArgs;

namespace Orchestrator.Infra.Components;

/// <summary>One open model on Azure Machine Learning: an online endpoint, its blue and green servers, and the traffic between them.</summary>
internal sealed class OpenModelEndpoint : ComponentResource
{
    // The endpoint is asked for before its servers, and takes no traffic for those that are not there yet. EndpointTraffic follows.
    private static readonly string[] NotHere = ["properties.traffic", "properties.mirrorTraffic"];

    public OpenModelEndpoint(Place place, OpenModelConfiguration model, MachineLearningService service, ComponentResourceOptions options)
        : base("dualstack:index:OpenModelEndpoint", place.Logical("open-model", model.Name), options)
    {
        var name = RegionModelNames.OnlineEndpoint(place.Context.Names, place.Parts, model.Name);
        var compute = model.Cluster is null ? null : (Input<string>)service.Attached(model.Cluster).Id;
        var endpoint = new OnlineEndpoint(
            place.Logical("endpoint", model.Name),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = service.Name,
                EndpointName = name,
                Location = place.Region.Value,
                Tags = place.Tags(),
                Kind = ModelServer.ComputeType(model),
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [service.Server.Id] },
                Properties = new OnlineEndpointPropertiesArgs { AuthMode = AuthMode(model), PublicNetworkAccess = place.Context.PublicAccess, Compute = compute },
            },
            new() { Parent = this, IgnoreChanges = [.. NotHere], DependsOn = (Resource[])[.. service.Needed] });
        Resource[] servers = [.. model.Servers.Select(server => ModelServer.Create(place, model, server.Colour, server.Server, service, endpoint, this))];
        EndpointTraffic.Create(place, model, service, compute, endpoint, servers, this);
        var address = endpoint.Properties.Apply(properties => properties.ScoringUri);
        var cloud = place.Context.Stack.Cloud;
        Address = model.Cluster is null
            ? new(model.Name, model.Weights.Digest!.Value, address, place.Context.Cloud.ServerTokenScope)
            : new(model.Name, model.Weights.Digest!.Value, address, $"{cloud.ArmAudience}/.default", endpoint.Id.Apply(id => new Uri(cloud.ArmEndpoint, $"{id}/token?api-version={OnlineEndpointTemplateArgs.Version}").ToString()));
        RegisterOutputs();
    }

    /// <summary>Where the model answers.</summary>
    public ModelAddress Address { get; }

    /// <summary>
    /// What an endpoint asks of those who call it. On a cluster it knows no tokens of Entra's, and gives out its own to whoever may
    /// have one. Source: Azure Machine Learning, authenticate clients for online endpoints.
    /// </summary>
    public static string AuthMode(OpenModelConfiguration model) => model.Cluster is null ? "AADToken" : "AMLToken";
}
