using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Sandbox.GitHub.Hooks;

/// <summary>Webhooks and their deliveries.</summary>
internal sealed class HooksApi(GitHubState state, WebhookSender webhooks)
{
    // What is older can neither be listed nor sent again (webhook documentation, viewing and redelivering webhooks).
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/repos/{owner}/{name}/hooks", async (string owner, string name, HttpContext context) =>
            GitHubAnswers.Created(Create(owner, name, await GitHubAnswers.BodyAsync(context))));
        routes.MapGet("/repos/{owner}/{name}/hooks", (string owner, string name, HttpContext context) =>
            GitHubAnswers.Page(context, Locked(() => state.Find($"{owner}/{name}").Hooks.Select(View).ToArray())));
        routes.MapGet("/repos/{owner}/{name}/hooks/{hook:long}/deliveries", (string owner, string name, long hook, HttpContext context) =>
            List(context, () => Hook(owner, name, hook)));
        routes.MapGet("/repos/{owner}/{name}/hooks/{hook:long}/deliveries/{id:long}", (string owner, string name, long hook, long id) =>
            Show(() => Hook(owner, name, hook), id));
        routes.MapPost("/repos/{owner}/{name}/hooks/{hook:long}/deliveries/{id:long}/attempts", (string owner, string name, long hook, long id) =>
            Again(() => Hook(owner, name, hook), id));
        routes.MapGet("/app/hook/deliveries", (HttpContext context) => List(context, AppHook));
        routes.MapGet("/app/hook/deliveries/{id:long}", (long id) => Show(AppHook, id));
        routes.MapPost("/app/hook/deliveries/{id:long}/attempts", (long id) => Again(AppHook, id));
    }

    public long Add(string repository, Uri url, string secret) => Locked(() =>
    {
        var owner = state.Find(repository);
        var hook = new Hook(state.NextId(), url, secret, "repository", owner.Id.ToString(CultureInfo.InvariantCulture));
        owner.Hooks.Add(hook);
        return hook.Id;
    });

    public void SetAppHook(Uri url, string secret) => Locked(() =>
        state.AppHook = new(state.NextId(), url, secret, "integration", state.Options.App?.AppId ?? throw new InvalidOperationException("There is no app.")));

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

    private IResult List(HttpContext context, Func<Hook> hook)
    {
        var status = context.Request.Query["status"].ToString();
        return GitHubAnswers.CursorPage(context, Locked(() => Known(hook())
            .Where(delivery => status is not ("failure" or "success") || (delivery.Status == "OK") == (status == "success"))
            .Reverse()
            .Select(View)
            .ToArray()));
    }

    private IResult Show(Func<Hook> hook, long id) => GitHubAnswers.Ok(Locked(() => InFull(Find(hook(), id))));

    private IResult Again(Func<Hook> hook, long id)
    {
        lock (state.Turn)
        {
            webhooks.Again(hook(), Find(hook(), id));
            return GitHubAnswers.Json(202, new JsonObject());
        }
    }

    private Hook Hook(string owner, string name, long id) =>
        state.Find($"{owner}/{name}").Hooks.FirstOrDefault(hook => hook.Id == id) ?? throw GitHubException.NotFound();

    private Hook AppHook() => state.AppHook ?? throw GitHubException.NotFound();

    private IEnumerable<Delivery> Known(Hook hook) => hook.Deliveries.Where(delivery => state.Now - delivery.At <= Kept);

    private Delivery Find(Hook hook, long id) => Known(hook).FirstOrDefault(delivery => delivery.Id == id) ?? throw GitHubException.NotFound();

    private static JsonObject InFull(Delivery delivery)
    {
        var view = View(delivery);
        view["request"] = new JsonObject
        {
            ["headers"] = new JsonObject { ["X-GitHub-Event"] = delivery.Event, ["X-GitHub-Delivery"] = delivery.DeliveryId.ToString() },
            ["payload"] = JsonNode.Parse(delivery.Payload),
        };
        view["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = null };
        return view;
    }

    private static JsonObject View(Hook hook) => new()
    {
        ["type"] = "Repository",
        ["id"] = hook.Id,
        ["name"] = "web",
        ["active"] = true,
        ["events"] = new JsonArray("release", "commit_comment"),
        ["config"] = new JsonObject { ["url"] = hook.Url.ToString(), ["content_type"] = "json", ["insecure_ssl"] = "0", ["secret"] = "********" },
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["updated_at"] = "2026-01-01T00:00:00Z",
    };

    private static JsonObject View(Delivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["guid"] = delivery.DeliveryId.ToString(),
        ["delivered_at"] = delivery.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["redelivery"] = delivery.IsRedelivery,
        ["duration"] = 0,
        ["status"] = delivery.Status,
        ["status_code"] = delivery.StatusCode,
        ["event"] = delivery.Event,
        ["action"] = delivery.Action,
        ["repository_id"] = delivery.RepositoryId,
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
