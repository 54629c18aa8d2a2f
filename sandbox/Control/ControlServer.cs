using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.Sandbox.Control;

/// <summary>Steers the sandbox from outside: faults, images, releases; and shows what is in it.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private static readonly string[] Routes =
    [
        "GET /control/clouds/{cloud}/apps",
        "GET /control/faults",
        "PUT|DELETE /control/clouds/{cloud}/regions/{region}/fault {\"kind\":\"unhealthy\",\"reach\":\"next\"}",
        "PUT /control/clouds/{cloud}/regions/{region}/users {\"perSecond\":50}",
        "PUT /control/clouds/{cloud}/images {\"reference\":…,\"version\":…,\"models\":[…],\"slowness\":1}",
        "GET /control/latencies",
        "GET /control/github/deployments",
        "GET /control/github/deliveries",
        "GET /control/github/writes",
        "POST /control/github/deliveries/{guid}/attempts",
        "POST /control/github/releases/{tag} (the body is release.json)",
        "PUT|DELETE /control/github/fault {\"kind\":\"outage\"}",
    ];

    private readonly WebApplication app;
    private readonly SandboxHost sandbox;

    private ControlServer(WebApplication app, SandboxHost sandbox)
    {
        this.app = app;
        this.sandbox = sandbox;
    }

    public Uri Address => new(app.Address(), "control");

    public static async Task<ControlServer> StartAsync(SandboxHost sandbox, int port, CancellationToken cancellationToken)
    {
        var app = LoopbackServer.Create(port);
        var server = new ControlServer(app, sandbox);
        server.Map();
        await app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.MapGet("/control", Overview);
        app.MapGet("/control/clouds/{cloud}/apps", (string cloud) => With(cloud, found => Results.Json(found.Apps())));
        app.MapGet("/control/faults", () => Results.Json(sandbox.Clouds.ToDictionary(cloud => cloud.Key, cloud => cloud.Value.Faults.All.ToDictionary(fault => fault.Key, fault => fault.Value.Name()))));
        app.MapPut("/control/clouds/{cloud}/regions/{region}/fault", (string cloud, string region, HttpContext context) => SetFaultAsync(cloud, region, context));
        app.MapDelete("/control/clouds/{cloud}/regions/{region}/fault", (string cloud, string region) => WithRegion(cloud, region, found =>
        {
            found.Faults.Clear(region);
            return Results.NoContent();
        }));
        app.MapPut("/control/clouds/{cloud}/regions/{region}/users", (string cloud, string region, HttpContext context) => SetUsersAsync(cloud, region, context));
        app.MapPut("/control/clouds/{cloud}/images", (string cloud, HttpContext context) => AddImageAsync(cloud, context));
        ModelControls.Map(app, With);
        app.MapGet("/control/latencies", () => Results.Json(sandbox.Latencies.Waits));
        app.MapGet("/control/github/deployments", () => Results.Json(sandbox.GitHub.Deployments()));
        app.MapGet("/control/github/deliveries", () => Results.Json(sandbox.GitHub.Deliveries().Select(delivery => new { id = delivery.DeliveryId, delivery.Event, delivery.Action, delivery.At, delivery.IsRedelivery, delivery.Status, delivery.StatusCode })));
        app.MapGet("/control/github/writes", () => Results.Json(sandbox.GitHub.Writes()));
        app.MapPost("/control/github/deliveries/{guid:guid}/attempts", (Guid guid) =>
        {
            sandbox.GitHub.Redeliver(guid);
            return Results.Accepted();
        });
        app.MapPost("/control/github/releases/{tag}", (string tag, HttpContext context) => PublishAsync(tag, context));
        app.MapPut("/control/github/fault", (HttpRequest request) => SetGitHubFaultAsync(request.HttpContext));
        app.MapDelete("/control/github/fault", () =>
        {
            sandbox.GitHub.Fault = null;
            return Results.NoContent();
        });
    }

    private IResult Overview() => Results.Json(new
    {
        gitHub = sandbox.GitHub.ApiUrl,
        clouds = sandbox.Clouds.Values.Select(cloud => new { cloud.Options.Name, cloud.ArmEndpoint, cloud.ArmAudience, cloud.AuthorityHost, cloud.WorkloadSuffix, cloud.Options.Regions }),
        faults = FaultKinds.Names,
        modelFaults = ModelFaultKinds.Names,
        routes = Routes.Concat(ModelControls.Routes),
    });

    private async Task<IResult> SetFaultAsync(string cloud, string region, HttpContext context)
    {
        var body = await BodyAsync(context);
        var reach = FaultReach.Next;
        return FaultKinds.Parse(Text(body, "kind")) is { } kind && (Text(body, "reach") is not { } text || Enum.TryParse(text, ignoreCase: true, out reach))
            ? WithRegion(cloud, region, found =>
            {
                found.Faults.Set(region, kind, reach);
                return Results.NoContent();
            })
            : Bad($"expected a body {{\"kind\":…}} with one of {string.Join(", ", FaultKinds.Names)}, and a reach of next or all if any");
    }

    private async Task<IResult> SetUsersAsync(string cloud, string region, HttpContext context) =>
        Number(await BodyAsync(context), "perSecond") is { } rate and >= 0 and <= 100_000
            ? WithRegion(cloud, region, found =>
            {
                found.Users.Set(region, rate);
                return Results.NoContent();
            })
            : Bad("expected a body {\"perSecond\":…} with a number from 0 to 100000");

    private async Task<IResult> SetGitHubFaultAsync(HttpContext context)
    {
        if (!Enum.TryParse<GitHubFault>(Text(await BodyAsync(context), "kind")?.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var kind))
        {
            return Bad("expected a body {\"kind\":…} with one of outage, rate-limited, secondary-limited, drops-webhooks, loses-webhooks");
        }

        sandbox.GitHub.Fault = kind;
        return Results.NoContent();
    }

    private async Task<IResult> AddImageAsync(string cloud, HttpContext context)
    {
        var body = await BodyAsync(context);
        return Text(body, "reference") is { } reference && Text(body, "version") is { } version
            ? With(cloud, found =>
            {
                found.Images.Add(new(reference, version, [.. (body?["models"] as JsonArray ?? []).Select(model => model?.ToString() ?? string.Empty)], Number(body, "slowness") ?? 1));
                return Results.NoContent();
            })
            : Bad("expected a body {\"reference\":…,\"version\":…,\"models\":[…]}");
    }

    private async Task<IResult> PublishAsync(string tag, HttpContext context)
    {
        using var manifest = new MemoryStream();
        await context.Request.Body.CopyToAsync(manifest, context.RequestAborted);
        try
        {
            var id = sandbox.GitHub.Publish(sandbox.GitHub.Options.Repositories[0], tag, manifest.ToArray());
            return Results.Json(new { id, tag }, statusCode: StatusCodes.Status201Created);
        }
        catch (GitHubException refused)
        {
            return Bad(refused.Errors?.ToJsonString() ?? refused.Message);
        }
    }

    private IResult With(string cloud, Func<SandboxCloud, IResult> act) => sandbox.Clouds.TryGetValue(cloud, out var found)
        ? act(found)
        : Results.Problem($"expected one of the clouds {string.Join(", ", sandbox.Clouds.Keys)}, found '{cloud}'", statusCode: StatusCodes.Status404NotFound);

    private IResult WithRegion(string cloud, string region, Func<SandboxCloud, IResult> act) => With(cloud, found =>
        found.Options.Regions.Contains(region, StringComparer.OrdinalIgnoreCase)
            ? act(found)
            : Results.Problem($"expected one of the regions {string.Join(", ", found.Options.Regions)}, found '{region}'", statusCode: StatusCodes.Status404NotFound));

    private static IResult Bad(string expected) => Results.Problem(expected, statusCode: StatusCodes.Status400BadRequest);

    private static async Task<JsonNode?> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonNode? body, string name) =>
        (body as JsonObject)?[name] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    private static string? Text(JsonNode? body, string name) =>
        (body as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
