using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Azure.ContainerApps;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>
/// The workloads of one cloud: each revision answers on its own address, on its labels', and by its share of the traffic on the
/// app's.
/// </summary>
internal sealed class WorkloadServer(CloudState cloud)
{
    private readonly GatewayApi gateway = new(cloud);

    public async Task HandleAsync(HttpContext context)
    {
        var (app, revision, region) = Find(context.Request.Host.Host);
        if (revision is null || !revision.Answers(cloud.Now))
        {
            context.Response.StatusCode = revision is null ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(revision is null
                ? "Error 404 - This Container App does not exist or is stopped."
                : "upstream connect error or disconnect/reset before headers.");
            return;
        }

        var fault = cloud.Faults.OfAll(region) ?? revision.Fault;
        if (fault == FaultKind.Unreachable)
        {
            context.Abort();
            return;
        }

        var begun = cloud.Now;
        var latency = (cloud.Latencies.WorkloadResponse * revision.Image!.Slowness) + (fault == FaultKind.Slow ? WorkloadFaults.Slowness : TimeSpan.Zero);
        await cloud.Ledger.WaitAsync(cloud.Place(region), $"answer of {revision.Name}", latency, context.RequestAborted);
        context.Response.Headers["x-revision"] = revision.Name;
        if (context.Request.Path == "/metrics")
        {
            cloud.Traffic.Advance(app!, region);
            await MetricsAsync(context, revision, fault);
            return;
        }

        var kind = IsCare(context) ? new RequestKind(200) : WorkloadFaults.Outcome(fault, revision.NextPoint());
        await (kind.Status == 200 ? AnswerAsync(context, revision, fault) : RefuseAsync(context, kind));
        revision.Metrics.Record(begun, kind with { Status = context.Response.StatusCode }, (cloud.Now - begun).TotalSeconds);
    }

    private Task AnswerAsync(HttpContext context, Revision revision, FaultKind? fault)
    {
        var image = revision.Image!;
        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/health") => HealthAsync(context, fault),
            ("GET", "/version") => context.Response.WriteAsJsonAsync(new { version = image.Version }),
            ("GET", "/v1/models") => OpenAiApi.ModelsAsync(context, image),
            ("POST", "/v1/chat/completions") => gateway.CompleteAsync(context, revision),
            _ => NotFoundAsync(context),
        };
    }

    private static Task RefuseAsync(HttpContext context, RequestKind kind) => kind switch
    {
        { IsFiltered: true } => OpenAiApi.RefuseAsync(context, kind.Status, "The response was filtered due to the prompt triggering the content management policy.", "content_filter"),
        { Status: 429 } => OpenAiApi.RefuseAsync(context, kind.Status, "Requests have exceeded the call rate limit. Please retry after 1 second.", "429"),
        _ => Task.FromResult(context.Response.StatusCode = kind.Status),
    };

    private static Task MetricsAsync(HttpContext context, Revision revision, FaultKind? fault)
    {
        context.Response.StatusCode = fault == FaultKind.MetricsDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain; version=0.0.4";
        var page = revision.Metrics.Page(revision.Image!.Models);
        return context.Response.WriteAsync(fault switch
        {
            FaultKind.MetricsDown or FaultKind.MetricsEmpty => string.Empty,
            FaultKind.MetricsNan => string.Join('\n', page.Split('\n').Select(line => line.StartsWith('#') || line.Length == 0 ? line : $"{line[..line.LastIndexOf(' ')]} NaN")),
            _ => page,
        });
    }

    private static Task HealthAsync(HttpContext context, FaultKind? fault)
    {
        var healthy = fault != FaultKind.Unhealthy;
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsJsonAsync(new { status = healthy ? "Healthy" : "Unhealthy" });
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(new { error = new { message = $"Unknown path {context.Request.Path}", type = "invalid_request_error" } });
    }

    // What looks after the workload is answered as long as it runs.
    private static bool IsCare(HttpContext context) => context.Request.Path == "/health" || context.Request.Path == "/version";

    // APP.DOMAIN is the app, APP---LABEL.DOMAIN one of its labels, APP--SUFFIX.DOMAIN one of its revisions; an app's own name has no double hyphen.
    private (ContainerApp? App, Revision? Revision, string Region) Find(string host)
    {
        var name = host[..host.IndexOf('.', StringComparison.Ordinal)];
        var domain = host[name.Length..];
        var end = name.IndexOf("--", StringComparison.Ordinal);
        if (cloud.Apps.AtHost($"{(end < 0 ? name : name[..end])}{domain}") is not { } app)
        {
            return (null, null, string.Empty);
        }

        var revision = end < 0 ? app.Route(cloud.Now)
            : name.AsSpan(end).StartsWith("---") ? app.Labelled(name[(end + 3)..], cloud.Now)
            : app.Find(name);
        return (app, revision, domain.Split('.')[2]);
    }
}
