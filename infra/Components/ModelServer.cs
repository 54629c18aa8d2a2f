using System.Xml;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Topologies;
using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.MachineLearning;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>One of an endpoint's servers: a container that serves weights under the model's name.</summary>
internal static class ModelServer
{
    private const int Port = 8000;
    private const int DigestDigits = 12;
    private const int Failures = 3;
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(10);

    public static OnlineDeployment Create(Place place, OpenModelConfiguration model, string colour, ServerConfiguration server, MachineLearningService service, OnlineEndpoint endpoint, Resource parent)
    {
        var container = new EnvironmentVersion(
            place.Logical("container", model.Name, colour),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = service.Name,
                Name = model.Name,
                Version = $"{colour}-{server.Image!.Value[^DigestDigits..]}",
                Properties = new EnvironmentVersionPropertiesArgs
                {
                    Image = server.Image.Value,
                    OsType = "Linux",
                    InferenceConfig = new InferenceContainerPropertiesArgs { LivenessRoute = Route("/health"), ReadinessRoute = Route("/health"), ScoringRoute = Route("/") },
                },
            },
            new() { Parent = parent });
        return new(
            place.Logical("server", model.Name, colour),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = service.Name,
                EndpointName = endpoint.Name,
                DeploymentName = colour,
                Location = place.Region.Value,
                Tags = place.Tags(),
                Sku = new SkuArgs { Name = "Default", Capacity = model.Accelerator.Count },
                Properties = Properties(model, server, service, container.Id),
            },

            // An endpoint takes its servers with it. One by one they could not go: Azure keeps a server that has traffic.
            new() { Parent = parent, DeletedWith = endpoint });
    }

    /// <summary>What the model runs on, in Azure Machine Learning's word.</summary>
    public static string ComputeType(OpenModelConfiguration model) => model.Cluster is null ? "Managed" : MachineLearningService.Kubernetes;

    private static OnlineDeploymentPropertiesArgs Properties(OpenModelConfiguration model, ServerConfiguration server, MachineLearningService service, Output<string> container) => new()
    {
        EndpointComputeType = ComputeType(model),
        EnvironmentId = container,
        InstanceType = model.Cluster?.InstanceType ?? model.Accelerator.VmSize!,
        RequestSettings = new OnlineRequestSettingsArgs
        {
            MaxConcurrentRequestsPerInstance = model.Limits.Concurrency,
            RequestTimeout = XmlConvert.ToString(model.Limits.RequestTimeout),
        },

        // Whoever fetches and loads weights is neither ready nor dead.
        ReadinessProbe = Probe(ProbePeriod, (int)Math.Ceiling(model.Limits.Startup / ProbePeriod)),
        LivenessProbe = Probe(model.Limits.Startup, Failures),
        EnvironmentVariables = new()
        {
            ["SERVED_MODEL_NAME"] = model.Name,
            ["WEIGHTS_URL"] = service.Weights.PrimaryEndpoints.Apply(endpoints => $"{endpoints.Blob}{RegionModels.WeightsContainer}/{server.Weights.Digest!.Value}"),
            ["WEIGHTS_DIGEST"] = server.Weights.Digest!.Value,
            ["AZURE_CLIENT_ID"] = service.Server.ClientId,
        },
        Properties = new()
        {
            ["weights-repository"] = server.Weights.Repository,
            ["weights-revision"] = server.Weights.Revision!.Value,
            ["weights-digest"] = server.Weights.Digest.Value,
            ["weights-license"] = server.Weights.License!,
        },
    };

    private static ProbeSettingsArgs Probe(TimeSpan delay, int failures) => new()
    {
        InitialDelay = XmlConvert.ToString(delay),
        Period = XmlConvert.ToString(ProbePeriod),
        Timeout = XmlConvert.ToString(ProbePeriod),
        FailureThreshold = failures,
    };

    private static RouteArgs Route(string path) => new() { Path = path, Port = Port };
}
