using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Benchmarks;

/// <summary>
/// The yardstick: the least ASP.NET Core app that could do the same. It answers that it is alive, and takes webhooks by checking
/// their signature and committing one row each.
/// </summary>
internal static class BareApp
{
    public const string Verb = "bare";

    public static async Task RunAsync(Uri url)
    {
        await using var app = Build(url, ":memory:", string.Empty);
        await app.RunAsync();
    }

    public static WebApplication Build(Uri url, string database, string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.ToString());
        builder.Services.AddSingleton(_ => new BareDeliveries(database));
        var app = builder.Build();
        app.MapGet("/api/health", () => Results.Json(new Dictionary<string, string> { ["status"] = "Healthy" }));
        app.MapPost("/api/github/webhooks", (HttpRequest request, BareDeliveries deliveries) => AcceptAsync(request, deliveries, Encoding.UTF8.GetBytes(secret)));
        return app;
    }

    private static async Task<IResult> AcceptAsync(HttpRequest request, BareDeliveries deliveries, byte[] secret)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(secret, body.ToArray()))}";
        if (signature != request.Headers["X-Hub-Signature-256"])
        {
            return Results.Unauthorized();
        }

        deliveries.Add(request.Headers["X-GitHub-Delivery"].ToString(), body.ToArray());
        return Results.Accepted();
    }
}
