using System.Collections.Immutable;
using Orchestrator.Core.Configurations;
using Orchestrator.Infra.AzureNative.MachineLearning;
using Orchestrator.Infra.AzureNative.Resources;
using Pulumi;
using ArmDeployment = Orchestrator.Infra.AzureNative.Resources.Deployment;

namespace Orchestrator.Infra.Components;

/// <summary>
/// Gives an endpoint's servers their traffic, and copies of it, once they are there. An endpoint has both as properties of its own,
/// and refuses them for servers that it does not have yet: so ARM is asked for the endpoint a second time, by a template.
/// </summary>
internal static class EndpointTraffic
{
    public static ArmDeployment Create(
        Place place,
        OpenModelConfiguration model,
        MachineLearningService service,
        Input<string>? compute,
        OnlineEndpoint endpoint,
        Resource[] servers,
        Resource parent)
    {
        return new(
            place.Logical("traffic", model.Name),
            new()
            {
                ResourceGroupName = place.Group,
                DeploymentName = place.Context.Names.Within("traffic", [.. place.Parts, model.Name]),
                Tags = place.Tags(),
                Properties = new DeploymentPropertiesArgs
                {
                    Mode = "Incremental",
                    Template = new DeploymentTemplateArgs { Schema = DeploymentTemplateArgs.Language, ContentVersion = "1.0.0.0", Resources = [Template(place, model, service, compute, endpoint)] },
                },
            },
            new() { Parent = parent, DependsOn = servers });
    }

    private static OnlineEndpointTemplateArgs Template(Place place, OpenModelConfiguration model, MachineLearningService service, Input<string>? compute, OnlineEndpoint endpoint) => new()
    {
        Type = OnlineEndpointTemplateArgs.ArmType,
        ApiVersion = OnlineEndpointTemplateArgs.Version,
        Name = Output.Format($"{service.Name}/{endpoint.Name}"),
        Location = place.Region.Value,
        Tags = place.Tags().ToOutput().Apply(tags => tags.ToImmutableDictionary(tag => tag.Key, tag => Literal(tag.Value))),
        Kind = ModelServer.ComputeType(model),
        Identity = new ArmIdentityArgs
        {
            Type = "UserAssigned",
            UserAssignedIdentities = service.Server.Id.Apply(id => ImmutableDictionary<string, ArmIdentityEntryArgs>.Empty.Add(id, new())),
        },
        Properties = new OnlineEndpointPropertiesArgs
        {
            AuthMode = OpenModelEndpoint.AuthMode(model),
            PublicNetworkAccess = place.Context.PublicAccess,
            Compute = compute,
            Traffic = model.Servers.ToDictionary(server => server.Colour, server => model.Traffic.Of(server.Colour)),
            MirrorTraffic = model.Mirror == ColourShares.None ? null : Mirror(model),
        },
    };

    // Copies go to one server: another one is not named, not even with nothing.
    private static InputMap<int> Mirror(OpenModelConfiguration model) =>
        model.Servers.Where(server => model.Mirror.Of(server.Colour) > 0).ToDictionary(server => server.Colour, server => model.Mirror.Of(server.Colour));

    // In a template, text in brackets is an expression unless the first bracket is doubled.
    private static string Literal(string text) => text.StartsWith('[') && text.EndsWith(']') ? $"[{text}" : text;
}
