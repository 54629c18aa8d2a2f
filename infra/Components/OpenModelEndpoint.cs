using Orchestrator.Core.Configurations;
using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.MachineLearning;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>
/// One open model on Azure Machine Learning: an online endpoint and its first deployment, called blue. A release adds the other
/// colour and moves the traffic by ARM; from then on the traffic is not this program's.
/// </summary>
internal sealed class OpenModelEndpoint : ComponentResource
{
    private const int Port = 8000;
    private const string First = "blue";

    public OpenModelEndpoint(Place place, OpenModelConfiguration model, MachineLearningService service, ComponentResourceOptions options)
        : base("dualstack:index:OpenModelEndpoint", place.Logical("open-model", model.Name), options)
    {
        var container = new EnvironmentVersion(
            place.Logical("container", model.Name),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = service.Name,
                Name = model.Name,
                Version = model.Image!.Value[^12..],
                Properties = new EnvironmentVersionPropertiesArgs
                {
                    Image = model.Image.Value,
                    OsType = "Linux",
                    InferenceConfig = new InferenceContainerPropertiesArgs { LivenessRoute = Route("/health"), ReadinessRoute = Route("/health"), ScoringRoute = Route("/") },
                },
            },
            new() { Parent = this });
        var endpoint = new OnlineEndpoint(
            place.Logical("endpoint", model.Name),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = service.Name,
                EndpointName = place.Context.Names.Unique("me", [.. place.Parts, model.Name]),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Kind = ComputeType(model),
                Identity = new IdentityArgs { Type = "UserAssigned", UserAssignedIdentities = [service.Server.Id] },
                Properties = new OnlineEndpointPropertiesArgs { AuthMode = "AADToken", PublicNetworkAccess = place.Context.PublicAccess, Compute = model.Cluster is null ? null : (Input<string>)service.Attached(model.Cluster).Id, Traffic = new() { [First] = 0 } },
            },
            new() { Parent = this, IgnoreChanges = ["properties.traffic", "properties.mirrorTraffic"] });
        _ = new OnlineDeployment(
            place.Logical("server", model.Name),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = service.Name,
                EndpointName = endpoint.Name,
                DeploymentName = First,
                Location = place.Region.Value,
                Tags = place.Tags(),
                Sku = new SkuArgs { Name = "Default", Capacity = model.Accelerator.Count },
                Properties = Server(place, model, container.Id),
            },
            new() { Parent = this });
        Address = endpoint.Properties.Apply(properties => properties.ScoringUri);
        RegisterOutputs();
    }

    /// <summary>Where the model answers.</summary>
    public Output<string> Address { get; }

    private static string ComputeType(OpenModelConfiguration model) => model.Cluster is null ? "Managed" : MachineLearningService.Kubernetes;

    private static OnlineDeploymentPropertiesArgs Server(Place place, OpenModelConfiguration model, Output<string> container) => new()
    {
        EndpointComputeType = ComputeType(model),
        EnvironmentId = container,
        InstanceType = model.Cluster?.InstanceType ?? model.Accelerator.VmSize!,
        EgressPublicNetworkAccess = model.Cluster is null ? place.Context.PublicAccess : null!,
        EnvironmentVariables = new()
        {
            ["SERVED_MODEL_NAME"] = model.Name,
            ["WEIGHTS_CONTAINER"] = OpenModelService.WeightsContainer,
            ["WEIGHTS_DIGEST"] = model.Weights.Digest!.Value,
        },
        Properties = new()
        {
            ["weights-repository"] = model.Weights.Repository,
            ["weights-revision"] = model.Weights.Revision!.Value,
            ["weights-digest"] = model.Weights.Digest.Value,
            ["weights-license"] = model.Weights.License!,
        },
    };

    private static RouteArgs Route(string path) => new() { Path = path, Port = Port };
}
