using Orchestrator.Core.Names;

namespace Orchestrator.Core.Configurations;

/// <summary>A closed model as a deployment of an Azure AI account.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Deployment">The deployment's name, which requests carry as their model.</param>
/// <param name="Format">The provider's format, e.g. <c>OpenAI</c>.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The pinned version; null when none is given, which a rule refuses.</param>
/// <param name="Sku">The deployment type, e.g. <c>DataZoneStandard</c>.</param>
/// <param name="Capacity">In quota units; mostly one is 1,000 tokens a minute.</param>
public sealed record ClosedModelConfiguration(
    string Path,
    string Deployment,
    string Format,
    string Name,
    string? Version,
    string Sku,
    int Capacity);

/// <summary>Open weights that we serve.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Name">The name that the model is served under.</param>
/// <param name="Serving">What serves it.</param>
/// <param name="Endpoint">The cluster's address, for <see cref="ServingKind.External"/>.</param>
/// <param name="Image">The server's image, for <see cref="ServingKind.Azureml"/>.</param>
/// <param name="Cluster">The attached cluster that it runs on, for <see cref="ServingKind.Azureml"/>; null for machines that Azure manages.</param>
/// <param name="Accelerator">What it computes on.</param>
/// <param name="Weights">Which weights.</param>
/// <param name="Limits">What a server takes on at once and how long it may take, for <see cref="ServingKind.Azureml"/>.</param>
/// <param name="Green">The second server; null when the first, blue, is alone. What it does not say is as in blue.</param>
/// <param name="Traffic">Percent of the requests that each server gets.</param>
/// <param name="Mirror">Percent of the requests that a server gets copies of, and whose answers nobody sees.</param>
public sealed record OpenModelConfiguration(
    string Path,
    string Name,
    ServingKind Serving,
    Uri? Endpoint,
    ImageReference? Image,
    ClusterConfiguration? Cluster,
    AcceleratorConfiguration Accelerator,
    WeightsConfiguration Weights,
    ServerLimits Limits,
    ServerConfiguration? Green,
    ColourShares Traffic,
    ColourShares Mirror)
{
    /// <summary>The servers with the name of each: one or two in <see cref="ServingKind.Azureml"/>, one elsewhere.</summary>
    public IEnumerable<(string Colour, ServerConfiguration Server)> Servers
    {
        get
        {
            yield return (ColourShares.FirstName, new(Path, Image, Weights));
            if (Green is not null)
            {
                yield return (ColourShares.SecondName, Green);
            }
        }
    }
}

/// <summary>One of the servers of an open model.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Image">Its image, for <see cref="ServingKind.Azureml"/>.</param>
/// <param name="Weights">Which weights it serves.</param>
public sealed record ServerConfiguration(string Path, ImageReference? Image, WeightsConfiguration Weights);

/// <summary>What a server takes on, and how long it may take.</summary>
/// <param name="Concurrency">Requests at once; more of them wait.</param>
/// <param name="RequestTimeout">How long an answer may take.</param>
/// <param name="Startup">How long it may take from its start to its first answer: weights are fetched and loaded meanwhile.</param>
public sealed record ServerLimits(int Concurrency, TimeSpan RequestTimeout, TimeSpan Startup);

/// <summary>Percent of the requests, by server.</summary>
/// <param name="Blue">The first server's.</param>
/// <param name="Green">The second one's.</param>
public sealed record ColourShares(int Blue, int Green)
{
    /// <summary>What the first server is called.</summary>
    public const string FirstName = "blue";

    /// <summary>What the second one is called.</summary>
    public const string SecondName = "green";

    /// <summary>The first server gets everything.</summary>
    public static ColourShares AllBlue { get; } = new(100, 0);

    /// <summary>Nobody gets anything.</summary>
    public static ColourShares None { get; } = new(0, 0);

    /// <summary>The share of a server by its name.</summary>
    public int Of(string colour) => colour == FirstName ? Blue : Green;
}

/// <summary>What serves open weights.</summary>
public enum ServingKind
{
    /// <summary>An Azure Machine Learning online endpoint with blue and green deployments of a custom container.</summary>
    Azureml,

    /// <summary>A cluster elsewhere in the same jurisdiction, known by its address and the model that it must serve.</summary>
    External,
}

/// <summary>A Kubernetes cluster that is attached to the region's workspace.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="Namespace">Where in it the servers run; the cluster's operator has made it.</param>
/// <param name="InstanceType">The cluster's own name for what a server is given: accelerators, memory, nodes.</param>
public sealed record ClusterConfiguration(KubernetesClusterId Id, string Namespace, string InstanceType);

/// <summary>Weights, pinned by content. What is null has not been given, which a rule refuses.</summary>
/// <param name="Repository">The hub's repository as owner/name.</param>
/// <param name="Revision">The full commit.</param>
/// <param name="Digest">The SHA-256 of the list of files with their sizes and digests.</param>
/// <param name="License">The licence's SPDX id.</param>
public sealed record WeightsConfiguration(string Repository, CommitSha? Revision, Sha256Digest? Digest, string? License);
