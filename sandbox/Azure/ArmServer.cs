using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Changes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>Azure Resource Manager of one cloud: checks the caller and the request as ARM does, then hands over.</summary>
internal sealed class ArmServer(CloudState cloud, TokenIssuer tokens, ArmLimits limits, TimeProvider time)
{
    private const int LargestBody = 4 * 1024 * 1024;

    private readonly TokenBucket reads = new(limits.Reads, limits.ReadsPerSecond, time);
    private readonly TokenBucket writes = new(limits.Writes, limits.WritesPerSecond, time);
    private readonly ArmResources resources = new(cloud, tokens);

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        response.Headers["x-ms-correlation-request-id"] = context.Request.Headers["x-ms-correlation-request-id"].FirstOrDefault() ?? Guid.NewGuid().ToString();
        if (context.Request.Headers["x-ms-client-request-id"].FirstOrDefault() is { } client)
        {
            response.Headers["x-ms-client-request-id"] = client;
        }

        try
        {
            await AnswerAsync(context);
        }
        catch (ArmException refused)
        {
            await RefuseAsync(response, refused);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            await RefuseAsync(response, new(400, "InvalidRequestContent", $"The request content was invalid and could not be deserialized: '{malformed.Message}'."));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (await tokens.RefuseAsync(request.Headers.Authorization) is { } refusal)
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer authorization_uri=\"{cloud.Options.TenantId}\", error=\"invalid_token\"";
            throw new ArmException(401, refusal.Code, refusal.Message);
        }

        var version = request.Query["api-version"].ToString();
        if (version.Length == 0)
        {
            throw new ArmException(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
        }

        var path = ResourcePath.Parse(request.Path.Value ?? string.Empty)
            ?? throw new ArmException(404, "InvalidResourcePath", $"The path '{request.Path}' is none of this service.");
        if (!path.Subscription.Equals(cloud.Options.SubscriptionId.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw new ArmException(404, "SubscriptionNotFound", $"The subscription '{path.Subscription}' could not be found.");
        }

        Throttle(context, path);
        await cloud.Ledger.WaitAsync(PlaceOf(path), $"ARM {request.Method}", cloud.Latencies.ArmRequest, context.RequestAborted);
        var call = new ArmCall(request.Method, path, version, request.Query, await BodyAsync(request), request.Headers.IfMatch, request.Headers.IfNoneMatch);
        var change = IsRead(request) ? null : new Change(PlaceOf(path), $"{call.Method} {path.Kind}", path.Id, call.Body);
        if (change is not null && !cloud.Changes.MayHappen(change))
        {
            context.Abort();
            return;
        }

        if (change is not null && cloud.Changes.Refuses(change))
        {
            throw new ArmException(409, "RequestConflict", $"Another operation is being performed on the parent resource '{path.Names[^1]}'. Please retry your request later.");
        }

        var answer = resources.Handle(call);
        if (change is not null)
        {
            cloud.Changes.Tell(change, answer.HasEffect);
        }

        await WriteAsync(context, answer, version);
    }

    private void Throttle(HttpContext context, ResourcePath path)
    {
        var isRead = IsRead(context.Request);
        var left = (isRead ? reads : writes).Take();
        if (left is not null)
        {
            context.Response.Headers[$"x-ms-ratelimit-remaining-subscription-{(isRead ? "reads" : "writes")}"] = left.Value.ToString(CultureInfo.InvariantCulture);
        }

        if (left is null || (!isRead && resources.RegionOf(path) is { } region && cloud.Faults.In(region) == Faults.FaultKind.Throttled))
        {
            throw new ArmException(429, "TooManyRequests", "The request is being throttled as the limit has been reached for operation type.", TimeSpan.FromSeconds(1));
        }
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private string PlaceOf(ResourcePath path) => resources.RegionOf(path) is { } region ? cloud.Place(region) : cloud.Options.Name;

    private static async Task<JsonObject?> BodyAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPut(request.Method) && !HttpMethods.IsPatch(request.Method))
        {
            return null;
        }

        if (request.ContentLength > LargestBody)
        {
            throw new ArmException(413, "RequestContentTooLarge", "The request content is too large.");
        }

        return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject
            ?? throw new ArmException(400, "InvalidRequestContent", "The request content is not an object.");
    }

    private static async Task WriteAsync(HttpContext context, ArmAnswer answer, string version)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.ETag is not null)
        {
            response.Headers.ETag = answer.ETag;
        }

        if (answer.Operation is { } operation)
        {
            var root = $"{context.Request.Scheme}://{context.Request.Host}{operation.ResourceId[..operation.ResourceId.IndexOf("/resourceGroups/", StringComparison.OrdinalIgnoreCase)]}/providers/Microsoft.App/locations/global";
            response.Headers["Azure-AsyncOperation"] = $"{root}/operationStatuses/{operation.Id}?api-version={version}";
            if (answer.Status == StatusCodes.Status202Accepted)
            {
                response.Headers.Location = $"{root}/operationResults/{operation.Id}?api-version={version}";
            }

            response.Headers.RetryAfter = "1";
        }

        if (answer.Body is not null)
        {
            await response.WriteAsJsonAsync(answer.Body, context.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpResponse response, ArmException refused)
    {
        response.StatusCode = refused.Status;
        if (refused.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Message } });
    }
}

/// <summary>A request to ARM that has passed the door.</summary>
internal sealed record ArmCall(string Method, ResourcePath Path, string Version, IQueryCollection Query, JsonObject? Body, string? IfMatch, string? IfNoneMatch);

/// <summary>ARM's answer, and whether anything is different for the call.</summary>
internal sealed record ArmAnswer(int Status, JsonNode? Body = null, ArmOperation? Operation = null, string? ETag = null, bool HasEffect = false);
