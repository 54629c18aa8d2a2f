using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Sandbox.Changes;

namespace Orchestrator.Sandbox.GitHub.Deployments;

/// <summary>Deployments and their statuses.</summary>
internal sealed class DeploymentsApi(GitHubState state)
{
    private const int LongestDescription = 140;
    private static readonly string[] Filters = ["sha", "ref", "task", "environment"];
    private static readonly string[] States = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/repos/{owner}/{name}/deployments", (string owner, string name, HttpContext context) =>
            ChangeAsync(context, "deployments", EnvironmentOf, wanted => Create(owner, name, wanted)));
        routes.MapGet("/repos/{owner}/{name}/deployments", (string owner, string name, HttpContext context) => GitHubAnswers.Page(context, List(owner, name, context.Request.Query)));
        routes.MapGet("/repos/{owner}/{name}/deployments/{id:long}", (string owner, string name, long id) => GitHubAnswers.Ok(Locked(() => Find(owner, name, id))));
        routes.MapPost("/repos/{owner}/{name}/deployments/{id:long}/statuses", (string owner, string name, long id, HttpContext context) =>
            ChangeAsync(context, "deployments/statuses", _ => Locked(() => EnvironmentOf(Find(owner, name, id))), wanted => AddStatus(owner, name, id, wanted)));
        routes.MapGet("/repos/{owner}/{name}/deployments/{id:long}/statuses", (string owner, string name, long id, HttpContext context) =>
            GitHubAnswers.Page(context, Locked(() => StatusesOf(owner, name, id).AsEnumerable().Reverse().ToArray())));
    }

    private async Task<IResult> ChangeAsync(HttpContext context, string kind, Func<JsonObject, string> subject, Func<JsonObject, JsonObject> make)
    {
        var wanted = await GitHubAnswers.BodyAsync(context);
        var change = new Change("github", $"POST {kind}", subject(wanted), wanted);
        if (!state.Changes.MayHappen(change))
        {
            context.Abort();
            return Results.Empty;
        }

        var made = make(wanted);
        state.Changes.Tell(change, hasEffect: true);
        return GitHubAnswers.Created(made);
    }

    private JsonObject Create(string owner, string name, JsonObject wanted) => Locked(() =>
    {
        var repository = state.Find($"{owner}/{name}");
        var reference = wanted["ref"]?.GetValue<string>();
        if (string.IsNullOrEmpty(reference))
        {
            throw GitHubException.Invalid("Deployment", "ref", "missing_field");
        }

        // What a caller forgets to ask for happens: GitHub's defaults merge, and wait for every check.
        if (wanted["auto_merge"]?.GetValue<bool>() != false)
        {
            throw new GitHubException(409, "Conflict merging main into " + reference);
        }

        if (wanted["required_contexts"] is null)
        {
            throw new GitHubException(409, "Conflict: Commit status checks failed for " + reference);
        }

        var id = state.NextId();
        var environment = EnvironmentOf(wanted);
        var deployment = new JsonObject
        {
            ["url"] = $"{repository.Url}/deployments/{id}",
            ["id"] = id,
            ["node_id"] = $"DE_{id}",
            ["task"] = wanted["task"]?.GetValue<string>() ?? "deploy",
            ["original_environment"] = environment,
            ["environment"] = environment,
            ["description"] = wanted["description"]?.GetValue<string>(),
            ["created_at"] = state.Timestamp,
            ["updated_at"] = state.Timestamp,
            ["statuses_url"] = $"{repository.Url}/deployments/{id}/statuses",
            ["repository_url"] = repository.Url,
            ["creator"] = repository.Account("orchestrator", "User"),
            ["sha"] = repository.CommitOf(reference),
            ["ref"] = reference,
            ["payload"] = wanted["payload"]?.DeepClone() ?? new JsonObject(),
            ["transient_environment"] = wanted["transient_environment"]?.GetValue<bool>() ?? false,
            ["production_environment"] = wanted["production_environment"]?.GetValue<bool>() ?? environment == "production",
        };
        repository.Deployments.Add(deployment);
        repository.Statuses[id] = [];
        return deployment.DeepClone().AsObject();
    });

    private JsonObject[] List(string owner, string name, IQueryCollection query) => Locked(() => state.Find($"{owner}/{name}").Deployments
        .Where(deployment => Filters.All(field => query[field].ToString() is not { Length: > 0 } wanted || deployment[field]!.GetValue<string>() == wanted))
        .Reverse()
        .ToArray());

    private JsonObject AddStatus(string owner, string name, long id, JsonObject wanted) => Locked(() =>
    {
        var repository = state.Find($"{owner}/{name}");
        var deployment = Find(owner, name, id);
        var kind = wanted["state"]?.GetValue<string>();
        if (!States.Contains(kind))
        {
            throw GitHubException.Invalid("DeploymentStatus", "state", kind is null ? "missing_field" : "invalid");
        }

        if (wanted["description"]?.GetValue<string>() is { Length: > LongestDescription })
        {
            throw GitHubException.Invalid("DeploymentStatus", "description", "too_long");
        }

        var environment = wanted["environment"]?.GetValue<string>() ?? EnvironmentOf(deployment);
        var status = new JsonObject
        {
            ["url"] = $"{repository.Url}/deployments/{id}/statuses/{state.NextId()}",
            ["id"] = state.NextId(),
            ["node_id"] = $"DS_{id}",
            ["state"] = kind,
            ["creator"] = repository.Account("orchestrator", "User"),
            ["description"] = wanted["description"]?.GetValue<string>() ?? string.Empty,
            ["environment"] = environment,
            ["target_url"] = wanted["log_url"]?.GetValue<string>() ?? string.Empty,
            ["created_at"] = state.Timestamp,
            ["updated_at"] = state.Timestamp,
            ["deployment_url"] = $"{repository.Url}/deployments/{id}",
            ["repository_url"] = repository.Url,
            ["environment_url"] = wanted["environment_url"]?.GetValue<string>() ?? string.Empty,
            ["log_url"] = wanted["log_url"]?.GetValue<string>() ?? string.Empty,
        };
        repository.Statuses[id].Add(status);
        if (kind == "success" && wanted["auto_inactive"]?.GetValue<bool>() != false)
        {
            Retire(repository, deployment, environment);
        }

        return status.DeepClone().AsObject();
    });

    // GitHub does this only for environments that are neither transient nor production.
    private static void Retire(Repository repository, JsonObject current, string environment)
    {
        foreach (var earlier in repository.Deployments.TakeWhile(deployment => deployment != current))
        {
            var statuses = repository.Statuses[earlier["id"]!.GetValue<long>()];
            if (earlier["environment"]!.GetValue<string>() == environment
                && !earlier["transient_environment"]!.GetValue<bool>()
                && !earlier["production_environment"]!.GetValue<bool>()
                && statuses.LastOrDefault()?["state"]?.GetValue<string>() == "success")
            {
                var inactive = statuses[^1].DeepClone().AsObject();
                inactive["state"] = "inactive";
                statuses.Add(inactive);
            }
        }
    }

    private static string EnvironmentOf(JsonObject deployment) => deployment["environment"]?.GetValue<string>() ?? "production";

    private List<JsonObject> StatusesOf(string owner, string name, long id)
    {
        Find(owner, name, id);
        return state.Find($"{owner}/{name}").Statuses[id];
    }

    private JsonObject Find(string owner, string name, long id) =>
        state.Find($"{owner}/{name}").Deployments.FirstOrDefault(deployment => deployment["id"]!.GetValue<long>() == id) ?? throw GitHubException.NotFound();

    private T Locked<T>(Func<T> act)
    {
        lock (state.Turn)
        {
            return act();
        }
    }
}
