using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.GitHub.Hooks;

/// <summary>Sends webhooks as GitHub does: signed, with ten seconds for the answer, and only once.</summary>
internal sealed class WebhookSender(GitHubState state) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };

    public void Release(Repository repository, string action, JsonObject release) =>
        Tell(repository, "release", action, "release", release, repository.Account("release-manager", "User"));

    /// <summary>Tells every webhook of an event.</summary>
    /// <param name="repository">Where it happened.</param>
    /// <param name="event">The event.</param>
    /// <param name="action">The event's action.</param>
    /// <param name="part">The payload's property for what it happened to.</param>
    /// <param name="what">What it happened to.</param>
    /// <param name="sender">Who did it.</param>
    public void Tell(Repository repository, string @event, string action, string part, JsonObject what, JsonObject sender)
    {
        var payload = new JsonObject
        {
            ["action"] = action,
            [part] = what.DeepClone(),
            ["repository"] = repository.View(),
            ["sender"] = sender,
        };
        if (state.Options.App is { } app)
        {
            payload["installation"] = new JsonObject { ["id"] = app.InstallationId, ["node_id"] = "MDIzOkludGVncmF0aW9u" };
        }

        if (state.Fault == GitHubFault.LosesWebhooks)
        {
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        var id = Guid.NewGuid();
        foreach (var hook in state.HooksOf(repository))
        {
            Send(hook, new(state.NextId(), id, @event, action, body, state.Now, IsRedelivery: false) { RepositoryId = repository.Id });
        }
    }

    public void Again(Hook hook, Delivery delivery) => Send(
        hook,
        new(state.NextId(), delivery.DeliveryId, delivery.Event, delivery.Action, delivery.Payload, state.Now, IsRedelivery: true) { RepositoryId = delivery.RepositoryId });

    public void Dispose() => http.Dispose();

    private void Send(Hook hook, Delivery delivery)
    {
        hook.Deliveries.Add(delivery);
        if (state.Fault == GitHubFault.DropsWebhooks)
        {
            delivery.Status = "failed to connect to host";
            return;
        }

        // One after the other: who receives them is to see the order in which things happened.
        var before = hook.Deliveries.Count > 1 ? hook.Deliveries[^2].Sent : Task.CompletedTask;
        delivery.Sent = SendAsync(before, hook, delivery);
    }

    private async Task SendAsync(Task before, Hook hook, Delivery delivery)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(delivery.Payload) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var secret = Encoding.UTF8.GetBytes(hook.Secret);
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Delivery", delivery.DeliveryId.ToString());
        request.Headers.Add("X-GitHub-Hook-ID", hook.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-GitHub-Hook-Installation-Target-ID", hook.TargetId);
        request.Headers.Add("X-GitHub-Hook-Installation-Target-Type", hook.Target);
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(secret, delivery.Payload))}");
#pragma warning disable CA5350 // GitHub still sends the old signature beside the new one.
        request.Headers.Add("X-Hub-Signature", $"sha1={Convert.ToHexStringLower(HMACSHA1.HashData(secret, delivery.Payload))}");
#pragma warning restore CA5350
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/sandbox");
        try
        {
            using var response = await http.SendAsync(request);
            delivery.StatusCode = (int)response.StatusCode;
            delivery.Status = response.IsSuccessStatusCode ? "OK" : $"Invalid HTTP Response: {delivery.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            delivery.Status = failure is HttpRequestException ? "failed to connect to host" : "timed out";
        }
    }
}
