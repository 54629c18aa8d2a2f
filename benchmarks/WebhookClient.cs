using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.Benchmarks;

/// <summary>Sends webhooks as GitHub does, many at a time.</summary>
internal static class WebhookClient
{
    private const int AtOnce = 64;

    /// <summary>Sends all of them; the result is how many were accepted per second.</summary>
    public static async Task<double> SendAsync(Uri app, IReadOnlyList<Delivery> deliveries)
    {
        using var http = new HttpClient { BaseAddress = app };
        var requests = deliveries.Select(Request).ToArray();
        var begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (request, cancellation) =>
        {
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                throw new InvalidOperationException($"Expected 202, found {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
            }
        });
        return deliveries.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static HttpRequestMessage Request(Delivery delivery)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/github/webhooks", UriKind.Relative)) { Content = new ByteArrayContent(delivery.Payload) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Delivery", delivery.DeliveryId.ToString());
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SandboxStacks.WebhookSecret), delivery.Payload);
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        return request;
    }
}
