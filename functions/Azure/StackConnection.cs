using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Outbound;

namespace Orchestrator.Functions.Azure;

/// <summary>Everything that talks to one stack: its own fence, its own credential, its own ARM client. Shared with no other stack.</summary>
public sealed class StackConnection : IDisposable
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient armTransport;
    private readonly HttpClient credentialTransport;

    /// <summary>Connects <paramref name="stack"/>; nothing is sent yet.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="secret">Its client secret, when its credential needs one.</param>
    /// <param name="outbound">Makes the handler that requests end in.</param>
    public StackConnection(StackDefinition stack, string? secret, Func<HttpMessageHandler> outbound)
    {
        Stack = stack;
        armTransport = Fenced("Azure Resource Manager", new([stack.Cloud.ArmEndpoint.Authority], []), outbound);
        credentialTransport = Fenced("sign-in", StackCredentials.Hosts(stack.Cloud), outbound);
        Workloads = Fenced("workloads", new([], stack.Cloud.WorkloadSuffixes), outbound);
        Workloads.Timeout = Timeout.InfiniteTimeSpan;

        Models = Fenced("models", new(ExternalServers(stack), stack.Cloud.ModelSuffixes ?? []), outbound);
        Models.Timeout = Timeout.InfiniteTimeSpan;
        Storage = Fenced("storage", new([], stack.Cloud.BlobSuffix is { } blobs ? [blobs] : []), outbound);
        Storage.Timeout = Timeout.InfiniteTimeSpan;
        Hub = Fenced("weights hub", new(stack.WeightsHub is { } hub ? [hub.Address.Authority] : [], stack.WeightsHub?.Redirects ?? []), outbound);
        Hub.Timeout = Timeout.InfiniteTimeSpan;

        var credential = StackCredentials.Create(stack, secret, new HttpClientTransport(credentialTransport));
        Credential = credential;
        var environment = new ArmEnvironment(stack.Cloud.ArmEndpoint, stack.Cloud.ArmAudience);
        var options = new ArmClientOptions { Environment = environment, Transport = new HttpClientTransport(armTransport) };
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.AddPolicy(Pace, HttpPipelinePosition.PerRetry);
        foreach (var (type, version) in ApiVersions.All)
        {
            options.SetApiVersion(type, version);
        }

        Arm = new ArmClient(credential, stack.SubscriptionId.ToString(), options);
        Pipeline = Build(options);
        var once = new ArmClientOptions { Transport = options.Transport };
        once.Retry.NetworkTimeout = NetworkTimeout;
        once.Retry.MaxRetries = 0;
        OncePipeline = Build(once);

        HttpPipeline Build(ClientOptions each) => HttpPipelineBuilder.Build(each, [], [new BearerTokenAuthenticationPolicy(credential, environment.DefaultScope)], new ResponseClassifier());
    }

    /// <summary>The stack.</summary>
    public StackDefinition Stack { get; }

    /// <summary>ARM of the stack's cloud, signed in to the stack's tenant.</summary>
    public ArmClient Arm { get; }

    /// <summary>The same way to ARM for what the generic client cannot say, such as actions.</summary>
    public HttpPipeline Pipeline { get; }

    /// <summary>The same way, tried once: for what is asked again anyway, and tells by itself that it could not be answered.</summary>
    public HttpPipeline OncePipeline { get; }

    /// <summary>How often ARM is asked while something is waited for.</summary>
    public LookPace Pace { get; } = new();

    /// <summary>Reaches the stack's workloads and nothing else. Callers bring their own time limit.</summary>
    public HttpClient Workloads { get; }

    /// <summary>Reaches what serves the stack's models and nothing else. Callers bring their own time limit.</summary>
    public HttpClient Models { get; }

    /// <summary>Reaches the stack's blob storage and nothing else. Callers bring their own time limit.</summary>
    public HttpClient Storage { get; }

    /// <summary>Reaches the hub that the stack's weights are fetched from and nothing else. Callers bring their own time limit.</summary>
    public HttpClient Hub { get; }

    /// <summary>Signs in to the stack's tenant.</summary>
    public TokenCredential Credential { get; }

    /// <summary>The id of a resource of a region, below its resource group.</summary>
    /// <param name="region">The region.</param>
    /// <param name="path">The rest, from the provider on, e.g. <c>Microsoft.App/containerApps/gateway</c>.</param>
    public string IdIn(RegionDefinition region, string path) => $"/subscriptions/{Stack.SubscriptionId}/resourceGroups/{region.ResourceGroup}/providers/{path}";

    /// <summary>The id of a region's container app.</summary>
    public ResourceIdentifier AppId(RegionDefinition region) => new(IdIn(region, $"Microsoft.App/containerApps/{region.App}"));

    /// <summary>A request to the stack's ARM, to be sent by the pipeline that makes it.</summary>
    /// <param name="pipeline">One of this connection's.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with its query, from the first slash.</param>
    public HttpMessage Ask(HttpPipeline pipeline, RequestMethod method, string path)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(Stack.Cloud.ArmEndpoint, path));
        message.Request.Headers.Add("Accept", "application/json");
        return message;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        armTransport.Dispose();
        credentialTransport.Dispose();
        Workloads.Dispose();
        Models.Dispose();
        Storage.Dispose();
        Hub.Dispose();
    }

    private static string[] ExternalServers(StackDefinition stack) =>
    [
        .. stack.Environments.SelectMany(environment => environment.Regions)
            .SelectMany(region => region.Models?.Open ?? [])
            .Select(slot => slot.Endpoint?.Authority)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private HttpClient Fenced(string what, FencedHosts hosts, Func<HttpMessageHandler> outbound) =>
        new(new FenceHandler($"stack {Stack.Name} ({what})", hosts, outbound()));
}
