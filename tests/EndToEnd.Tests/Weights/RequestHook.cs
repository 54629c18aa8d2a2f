namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>Lets a test stand between the code and storage: at every request before it leaves, and at every answer before it arrives.</summary>
internal sealed class RequestHook(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public Func<HttpRequestMessage, CancellationToken, Task>? Sending { get; set; }

    public Func<HttpRequestMessage, Task>? Sent { get; set; }

    public static bool IsBlock(HttpRequestMessage request) => request.RequestUri!.Query.Contains("comp=block&", StringComparison.Ordinal) || request.RequestUri.Query.EndsWith("comp=block", StringComparison.Ordinal);

    public static bool IsCommit(HttpRequestMessage request) => request.Method == HttpMethod.Put && request.RequestUri!.Query.Contains("comp=blocklist", StringComparison.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await (Sending?.Invoke(request, cancellationToken) ?? Task.CompletedTask);
        var response = await base.SendAsync(request, cancellationToken);
        await (Sent?.Invoke(request) ?? Task.CompletedTask);
        return response;
    }
}
