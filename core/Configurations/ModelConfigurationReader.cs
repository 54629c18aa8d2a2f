using System.Text.RegularExpressions;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Configurations;

/// <summary>Reads the models of a configuration. What a rule asks for may be missing here: the rule says so, with its source.</summary>
internal static partial class ModelConfigurationReader
{
    private const string UsualSku = "DataZoneStandard";
    // Source: Azure Machine Learning, instance types on Kubernetes: every attached cluster has one of this name.
    private const string UsualInstanceType = "defaultinstancetype";
    private const int MostUnits = 100_000;

    public static ClosedModelConfiguration? Closed(JsonObjectReader model)
    {
        var format = model.RequiredText("format");
        var name = model.RequiredText("name");
        var deployment = model.OptionalText("deployment") ?? name;
        if (deployment is not null && !DeploymentName().IsMatch(deployment))
        {
            model.Report("deployment", $"expected 2 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit; found '{deployment}'");
        }

        var version = model.OptionalText("version");
        var sku = model.OptionalText("sku") ?? UsualSku;
        var capacity = model.Whole("capacity", 1, MostUnits, required: true);
        return format is null || name is null || deployment is null || capacity is null
            ? null
            : new(model.Path, deployment, format, name, version, sku, capacity.Value);
    }

    public static OpenModelConfiguration? Open(JsonObjectReader model)
    {
        var name = model.RequiredText("name");
        var serving = model.Word<ServingKind>("serving", required: true);
        var endpoint = model.Address("endpoint");
        var image = model.Optional<ImageReference>("image");
        var cluster = Cluster(model.OptionalObject("cluster"));
        var accelerator = Accelerator(model, serving);
        var weights = Weights(model.RequiredObject("weights"));
        var limits = ServerLimitsReader.Read(model);
        var green = BlueGreenReader.Green(model, image, weights);
        var traffic = BlueGreenReader.Traffic(model);
        var mirror = BlueGreenReader.Mirror(model, traffic);
        if (serving == ServingKind.External)
        {
            BlueGreenReader.RefuseAny(model);
            ServerLimitsReader.RefuseAny(model);
        }

        if (serving == ServingKind.Azureml && name is not null && !AssetName().IsMatch(name))
        {
            model.Report("name", $"expected 1 to 255 letters, digits, '.', '_' and '-', beginning with a letter or digit, because serving is azureml; found '{name}'");
        }

        if (serving == ServingKind.External && !model.Has("endpoint"))
        {
            model.Report("endpoint", "expected the cluster's https address, because serving is external; found nothing");
        }

        if (serving == ServingKind.Azureml && model.Has("endpoint"))
        {
            model.Report("endpoint", $"expected nothing, because serving is azureml: the model gets an endpoint of its own; found {endpoint?.ToString() ?? "one"}");
        }

        if (serving == ServingKind.Azureml && !model.Has("image"))
        {
            model.Report("image", $"expected {ImageReference.Rule}, because serving is azureml; found nothing");
        }

        if (serving == ServingKind.External && model.Has("cluster"))
        {
            model.Report("cluster", "expected nothing, because serving is external: such a cluster is known by its endpoint; found a cluster");
        }

        return name is null || serving is null || accelerator is null || weights is null
            ? null
            : new(model.Path, name, serving.Value, endpoint, image, cluster, accelerator, weights, limits, green, traffic, mirror);
    }

    private static ClusterConfiguration? Cluster(JsonObjectReader? cluster)
    {
        if (cluster is null)
        {
            return null;
        }

        var id = cluster.Required<KubernetesClusterId>("id");
        var place = cluster.RequiredText("namespace");
        var type = cluster.OptionalText("instanceType") ?? UsualInstanceType;
        cluster.RefuseUnknown();
        return id is null || place is null ? null : new(id, place, type);
    }

    private static AcceleratorConfiguration? Accelerator(JsonObjectReader model, ServingKind? serving)
    {
        var onCluster = model.Has("cluster");
        var accelerator = model.RequiredObject("accelerator");
        var read = AcceleratorReader.Read(accelerator, mustHaveSize: serving == ServingKind.Azureml && !onCluster);
        if (read?.VmSize is { } size && onCluster)
        {
            accelerator!.Report("vmSize", $"expected nothing, because the servers run on a cluster: its instanceType says what they are given; found '{size}'");
        }

        return read;
    }

    public static WeightsConfiguration? Weights(JsonObjectReader? weights)
    {
        if (weights is null)
        {
            return null;
        }

        var repository = weights.RequiredText("repository");
        var revision = weights.Optional<CommitSha>("revision");
        var digest = weights.Optional<Sha256Digest>("digest");
        var license = weights.OptionalText("license");
        weights.RefuseUnknown();
        return repository is null ? null : new(repository, revision, digest, license);
    }

    // Source: naming rules of Microsoft.CognitiveServices/accounts/deployments.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{1,63}\z")]
    private static partial Regex DeploymentName();

    // Source: naming rules of Azure Machine Learning's assets, which the container is one of.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,254}\z")]
    private static partial Regex AssetName();
}
