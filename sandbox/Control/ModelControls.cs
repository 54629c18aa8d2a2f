using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Control;

/// <summary>Steers the models of the clouds from outside: how good they are, what they suffer from, who serves them.</summary>
internal static class ModelControls
{
    private const string Cloud = "/control/clouds/{cloud}";

    public static IReadOnlyList<string> Routes { get; } =
    [
        "GET /control/clouds/{cloud}/models",
        "PUT /control/clouds/{cloud}/models {\"name\":…,\"version\":… or \"weightsDigest\":…,\"quality\":1,\"jitter\":0}",
        "PUT /control/clouds/{cloud}/models/{name}/upgrade {\"from\":…,\"to\":…}",
        "PUT|DELETE /control/clouds/{cloud}/models/{name}/fault {\"kind\":\"slow\",\"share\":1}",
        "PUT /control/clouds/{cloud}/external/{server} {\"servedName\":…,\"weightsDigest\":…,\"engine\":\"vllm\"}",
    ];

    /// <param name="app">The control server.</param>
    /// <param name="with">Finds a cloud, or says which there are.</param>
    public static void Map(IEndpointRouteBuilder app, Func<string, Func<SandboxCloud, IResult>, IResult> with)
    {
        app.MapGet($"{Cloud}/models", (string cloud) => with(cloud, found => Results.Json(found.Models.All
            .OrderBy(model => model.FullName, StringComparer.Ordinal)
            .Select(model => new { model.Name, model.Version, model.WeightsDigest, model.Quality, model.Jitter }))));
        app.MapPut($"{Cloud}/models", async (string cloud, HttpContext context) => await BodyAsync(context) is { } body ? with(cloud, found => Add(found, body)) : Bad(Routes[1]));
        app.MapPut($"{Cloud}/models/{{name}}/upgrade", async (string cloud, string name, HttpContext context) => await BodyAsync(context) is { } body ? with(cloud, found => Upgrade(found, name, body)) : Bad(Routes[2]));
        app.MapPut($"{Cloud}/models/{{name}}/fault", async (string cloud, string name, HttpContext context) => await BodyAsync(context) is { } body ? with(cloud, found => SetFault(found, name, body)) : Bad(Routes[3]));
        app.MapDelete($"{Cloud}/models/{{name}}/fault", (string cloud, string name) => with(cloud, found =>
        {
            found.ModelFaults.Clear(name);
            return Results.NoContent();
        }));
        app.MapPut($"{Cloud}/external/{{server}}", async (string cloud, string server, HttpContext context) => await BodyAsync(context) is { } body ? with(cloud, found => Serve(found, server, body)) : Bad(Routes[4]));
    }

    private static IResult Add(SandboxCloud cloud, JsonObject body)
    {
        var (name, version, digest) = (Text(body, "name"), Text(body, "version"), Text(body, "weightsDigest"));
        if (name is null || version is null == digest is null || Share(body, "quality", 1) is not { } quality || Share(body, "jitter", 0) is not { } jitter)
        {
            return Bad(Routes[1]);
        }

        cloud.Models.Add((digest is null ? SandboxModel.Closed(name, version!, quality) : SandboxModel.Open(name, digest, quality)) with { Jitter = jitter });
        return Results.NoContent();
    }

    private static IResult Upgrade(SandboxCloud cloud, string name, JsonObject body)
    {
        if (Text(body, "from") is not { } from || Text(body, "to") is not { } to || cloud.Models.FindClosed(name, to) is null)
        {
            return Bad($"{Routes[2]}, with a version to go to that is in the catalog");
        }

        cloud.Models.UpgradeSilently(name, from, to);
        return Results.NoContent();
    }

    private static IResult SetFault(SandboxCloud cloud, string name, JsonObject body)
    {
        if (ModelFaultKinds.Parse(Text(body, "kind")) is not { } kind || Share(body, "share", 1) is not { } share)
        {
            return Bad($"{Routes[3]}, with one of {string.Join(", ", ModelFaultKinds.Names)}");
        }

        cloud.ModelFaults.Set(name, kind, share);
        return Results.NoContent();
    }

    private static IResult Serve(SandboxCloud cloud, string server, JsonObject body)
    {
        var engine = ServingEngine.Vllm;
        if (Text(body, "servedName") is not { } name || Text(body, "weightsDigest") is not { } digest || (Text(body, "engine") is { } text && !Enum.TryParse(text, ignoreCase: true, out engine)))
        {
            return Bad($"{Routes[4]}, with vllm or sglang");
        }

        cloud.External.Serve(server, new(name, digest, engine));
        return Results.Json(new { address = cloud.External.AddressOf(server) });
    }

    private static IResult Bad(string expected) => Results.Problem($"expected {expected}", statusCode: StatusCodes.Status400BadRequest);

    private static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // A number from 0 to 1; null when it is something else.
    private static double? Share(JsonObject body, string name, double usual) =>
        body[name] is not { } node ? usual : node is JsonValue value && value.TryGetValue<double>(out var share) && share is >= 0 and <= 1 ? share : null;
}
