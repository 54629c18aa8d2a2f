using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>The model servers of a cloud, by the kind that their host names tell.</summary>
internal sealed class ModelHosts(CloudState cloud, TokenIssuer tokens)
{
    private readonly ClosedModelHost closed = new(cloud, cloud.Locator, tokens, new(cloud));
    private readonly OnlineEndpointHost online = new(cloud.Locator, tokens, new(cloud, new(cloud)));
    private readonly ExternalHost external = new(cloud, cloud.Locator, new(cloud, new(cloud)));

    /// <summary>Whether a host, without a port, is one of the model servers.</summary>
    public bool Owns(string host) => ModelAddress.Of(host, cloud) is not null;

    public Task HandleAsync(HttpContext context) => ModelAddress.Of(context.Request.Host.Host, cloud) switch
    {
        { Kind: ModelAddress.Closed } address => closed.HandleAsync(context, address.Name),
        { Kind: ModelAddress.Online } address => online.HandleAsync(context, address.Name),
        { } address => external.HandleAsync(context, address.Name),
        null => throw new InvalidOperationException($"Expected a model server's host, found '{context.Request.Host.Host}'."),
    };
}

/// <summary>A model server's host: <c>NAME.KIND.CLOUD.localhost</c>.</summary>
/// <param name="Name">The account, the endpoint or the server.</param>
/// <param name="Kind">Which of them it is.</param>
internal sealed record ModelAddress(string Name, string Kind)
{
    public const string Closed = "cognitiveservices";
    public const string Online = "inference";
    public const string External = "external";

    /// <summary>The address that a host is, or null when it is none of this cloud's.</summary>
    public static ModelAddress? Of(string host, CloudState cloud) =>
        host.Split('.', 3) is [var name, Closed or Online or External, var rest] && rest.Equals($"{cloud.Options.Name}.localhost", StringComparison.OrdinalIgnoreCase)
            ? new(name, host.Split('.', 3)[1])
            : null;
}
