using Pulumi;

namespace Orchestrator.Infra.AzureNative.App;

/// <summary>A container app.</summary>
public sealed class ContainerApp : CustomResource
{
    /// <summary>The provider's token; it carries the API version.</summary>
    public const string Token = "azure-native:app/v20250701:ContainerApp";

    /// <summary>Asks for it.</summary>
    public ContainerApp(string name, ContainerAppArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args, options)
    {
    }

    /// <summary>Its name in Azure.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>What holds for all revisions.</summary>
    [Output("configuration")]
    public Output<ConfigurationResult> Configuration { get; private set; } = null!;
}

/// <summary>What a container app is made with.</summary>
public sealed class ContainerAppArgs : ResourceArgs
{
    /// <summary>The resource group.</summary>
    [Input("resourceGroupName", required: true)]
    public Input<string>? ResourceGroupName { get; set; }

    /// <summary>Its name.</summary>
    [Input("containerAppName")]
    public Input<string>? ContainerAppName { get; set; }

    /// <summary>The region.</summary>
    [Input("location")]
    public Input<string>? Location { get; set; }

    /// <summary>The tags.</summary>
    [Input("tags")]
    public InputMap<string>? Tags { get; set; }

    /// <summary>Who it acts as.</summary>
    [Input("identity")]
    public Input<IdentityArgs>? Identity { get; set; }

    /// <summary>Its environment.</summary>
    [Input("environmentId")]
    public Input<string>? EnvironmentId { get; set; }

    /// <summary>What holds for all revisions.</summary>
    [Input("configuration")]
    public Input<ConfigurationArgs>? Configuration { get; set; }

    /// <summary>What a revision is made from.</summary>
    [Input("template")]
    public Input<TemplateArgs>? Template { get; set; }
}

/// <summary>What holds for all revisions of an app.</summary>
public sealed class ConfigurationArgs : ResourceArgs
{
    /// <summary>Single, Multiple or Labels.</summary>
    [Input("activeRevisionsMode")]
    public Input<string>? ActiveRevisionsMode { get; set; }

    /// <summary>How requests come in.</summary>
    [Input("ingress")]
    public Input<IngressArgs>? Ingress { get; set; }

    /// <summary>Where images are pulled from, and as whom.</summary>
    [Input("registries")]
    public InputList<RegistryCredentialsArgs>? Registries { get; set; }

    /// <summary>How many inactive revisions are kept.</summary>
    [Input("maxInactiveRevisions")]
    public Input<int>? MaxInactiveRevisions { get; set; }
}

/// <summary>How requests come in.</summary>
public sealed class IngressArgs : ResourceArgs
{
    /// <summary>Whether from outside the environment.</summary>
    [Input("external")]
    public Input<bool>? External { get; set; }

    /// <summary>The container's port.</summary>
    [Input("targetPort")]
    public Input<int>? TargetPort { get; set; }

    /// <summary>E.g. auto.</summary>
    [Input("transport")]
    public Input<string>? Transport { get; set; }

    /// <summary>Whether http is answered.</summary>
    [Input("allowInsecure")]
    public Input<bool>? AllowInsecure { get; set; }
}

/// <summary>A registry, and who pulls from it.</summary>
public sealed class RegistryCredentialsArgs : ResourceArgs
{
    /// <summary>The registry's host.</summary>
    [Input("server")]
    public Input<string>? Server { get; set; }

    /// <summary>The id of the identity that pulls.</summary>
    [Input("identity")]
    public Input<string>? Identity { get; set; }
}

/// <summary>What a revision is made from.</summary>
public sealed class TemplateArgs : ResourceArgs
{
    /// <summary>The end of its name.</summary>
    [Input("revisionSuffix")]
    public Input<string>? RevisionSuffix { get; set; }

    /// <summary>Its containers.</summary>
    [Input("containers")]
    public InputList<ContainerArgs>? Containers { get; set; }

    /// <summary>How many replicas.</summary>
    [Input("scale")]
    public Input<ScaleArgs>? Scale { get; set; }
}

/// <summary>A container.</summary>
public sealed class ContainerArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>Its image.</summary>
    [Input("image")]
    public Input<string>? Image { get; set; }

    /// <summary>Its environment variables.</summary>
    [Input("env")]
    public InputList<EnvironmentVarArgs>? Env { get; set; }

    /// <summary>What it may use.</summary>
    [Input("resources")]
    public Input<ContainerResourcesArgs>? Resources { get; set; }

    /// <summary>How its health is looked at.</summary>
    [Input("probes")]
    public InputList<ContainerAppProbeArgs>? Probes { get; set; }
}

/// <summary>An environment variable.</summary>
public sealed class EnvironmentVarArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>Its value.</summary>
    [Input("value")]
    public Input<string>? Value { get; set; }
}

/// <summary>What a container may use.</summary>
public sealed class ContainerResourcesArgs : ResourceArgs
{
    /// <summary>Cores.</summary>
    [Input("cpu")]
    public Input<double>? Cpu { get; set; }

    /// <summary>Memory, e.g. 2Gi.</summary>
    [Input("memory")]
    public Input<string>? Memory { get; set; }
}

/// <summary>A look at a container's health.</summary>
public sealed class ContainerAppProbeArgs : ResourceArgs
{
    /// <summary>Liveness, Readiness or Startup.</summary>
    [Input("type")]
    public Input<string>? Type { get; set; }

    /// <summary>The request.</summary>
    [Input("httpGet")]
    public Input<ContainerAppProbeHttpGetArgs>? HttpGet { get; set; }

    /// <summary>Seconds between looks, 1 to 240.</summary>
    [Input("periodSeconds")]
    public Input<int>? PeriodSeconds { get; set; }

    /// <summary>Failures that count as one, 1 to 10.</summary>
    [Input("failureThreshold")]
    public Input<int>? FailureThreshold { get; set; }

    /// <summary>Seconds until a look has failed, 1 to 240.</summary>
    [Input("timeoutSeconds")]
    public Input<int>? TimeoutSeconds { get; set; }
}

/// <summary>The request of a look.</summary>
public sealed class ContainerAppProbeHttpGetArgs : ResourceArgs
{
    /// <summary>Its path.</summary>
    [Input("path")]
    public Input<string>? Path { get; set; }

    /// <summary>Its port.</summary>
    [Input("port")]
    public Input<int>? Port { get; set; }
}

/// <summary>How many replicas.</summary>
public sealed class ScaleArgs : ResourceArgs
{
    /// <summary>At least.</summary>
    [Input("minReplicas")]
    public Input<int>? MinReplicas { get; set; }

    /// <summary>At most.</summary>
    [Input("maxReplicas")]
    public Input<int>? MaxReplicas { get; set; }
}

/// <summary>What holds for all revisions of an app.</summary>
[OutputType]
public sealed class ConfigurationResult
{
    [OutputConstructor]
    private ConfigurationResult(IngressResult? ingress)
    {
        Ingress = ingress;
    }

    /// <summary>How requests come in.</summary>
    public IngressResult? Ingress { get; }
}

/// <summary>How requests come in.</summary>
[OutputType]
public sealed class IngressResult
{
    [OutputConstructor]
    private IngressResult(string fqdn)
    {
        Fqdn = fqdn;
    }

    /// <summary>The app's address, without a scheme.</summary>
    public string Fqdn { get; }
}
