using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Sandbox.GitHub.Hooks;

/// <summary>Webhooks and their deliveries.</summary>
internal sealed class HooksApi(GitHubState state, WebhookSender webhooks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/repos/{owner}/{name}/hooks", async (string owner, string name, HttpContext context) =>
            GitHubAnswers.Created(Create(owner, name, await GitHubAnswers.BodyAsync(context))));
        routes.MapGet("/repos/{owner}/{name}/hooks", (string owner, string name, HttpContext context) =>
            GitHubAnswers.Page(context, Locked(() => state.Find($"{owner}/{name}").Hooks.Select(View).ToArray())));
        routes.MapGet("/repos/{owner}/{name}/hooks/{hook:long}/deliveries", (string owner, string name, long hook, HttpContext context) =>
            GitHubAnswers.Page(context, Deliveries(owner, name, hook, context.Request.Query["status"])));
        routes.MapGet("/repos/{owner}/{name}/hooks/{hook:long}/deliveries/{id:long}", (string owner, string name, long hook, long id) =>
            GitHubAnswers.Ok(Locked(() => View(Find(owner, name, hook, id)))));
        routes.MapPost("/repos/{owner}/{name}/hooks/{hook:long}/deliveries/{id:long}/attempts", (string owner, string name, long hook, long id) => Again(owner, name, hook, id));
    }

    public long Add(string repository, Uri url, string secret) => Locked(() =>
    {
        var hook = new Hook(state.NextId(), url, secret);
        state.Find(repository).Hooks.Add(hook);
        return hook.Id;
    });

    private JsonObject Create(string owner, string name, JsonObject wanted)
    {
        var url = wanted["config"]?["url"]?.GetValue<string>();
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            throw GitHubException.Invalid("Hook", "url", url is null ? "missing_field" : "invalid");
        }

        var id = Add($"{owner}/{name}", address, wanted["config"]?["secret"]?.GetValue<string>() ?? string.Empty);
        return Locked(() => View(state.FindHook(id)));
    }

    private JsonObject[] Deliveries(string owner, string name, long hook, string? status) => Locked(() => Hook(owner, name, hook).Deliveries
        .Where(delivery => status is not ("failure" or "success") || (delivery.Status == "OK") == (status == "success"))
        .Reverse()
        .Select(View)
        .ToArray());

    private IResult Again(string owner, string name, long hook, long id)
    {
        lock (state.Turn)
        {
            webhooks.Again(Hook(owner, name, hook), state.Find($"{owner}/{name}"), Find(owner, name, hook, id));
            return GitHubAnswers.Json(202, new JsonObject());
        }
    }

    private Hook Hook(string owner, string name, long id) =>
        state.Find($"{owner}/{name}").Hooks.FirstOrDefault(hook => hook.Id == id) ?? throw GitHubException.NotFound();

    private Delivery Find(string owner, string name, long hook, long id) =>
        Hook(owner, name, hook).Deliveries.FirstOrDefault(delivery => delivery.Id == id) ?? throw GitHubException.NotFound();

    private static JsonObject View(Hook hook) => new()
    {
        ["type"] = "Repository",
        ["id"] = hook.Id,
        ["name"] = "web",
        ["active"] = true,
        ["events"] = new JsonArray("release"),
        ["config"] = new JsonObject { ["url"] = hook.Url.ToString(), ["content_type"] = "json", ["insecure_ssl"] = "0", ["secret"] = "********" },
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["updated_at"] = "2026-01-01T00:00:00Z",
    };

    private static JsonObject View(Delivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["guid"] = delivery.DeliveryId.ToString(),
        ["delivered_at"] = delivery.At.ToString("O"),
        ["redelivery"] = delivery.IsRedelivery,
        ["duration"] = 0,
        ["status"] = delivery.Status,
        ["status_code"] = delivery.StatusCode,
        ["event"] = delivery.Event,
        ["action"] = delivery.Action,
        ["throttled_at"] = null,
    };

    private T Locked<T>(Func<T> act)
    {
        lock (state.Turn)
        {
            return act();
        }
    }
}
