using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.Sandbox.GitHub.Comments;

/// <summary>Comments on commits.</summary>
internal sealed class CommentsApi(GitHubState state, WebhookSender webhooks)
{
    // Who comments through the API is the app.
    private const string App = "orchestrator[bot]";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/repos/{owner}/{name}/commits/{sha}/comments", async (string owner, string name, string sha, HttpContext context) =>
        {
            var body = (await GitHubAnswers.BodyAsync(context))["body"]?.GetValue<string>();
            return GitHubAnswers.Created(Add($"{owner}/{name}", sha, App, "Bot", string.IsNullOrEmpty(body) ? throw GitHubException.Invalid("CommitComment", "body", "missing_field") : body));
        });
        routes.MapGet("/repos/{owner}/{name}/commits/{sha}/comments", (string owner, string name, string sha, HttpContext context) =>
            GitHubAnswers.Page(context, On($"{owner}/{name}", sha)));
    }

    /// <summary>Comments on the commit that a tag names, as somebody with a browser would; the result is the comment's id.</summary>
    public long Add(string repository, string reference, string login, string body) => Add(repository, reference, login, "User", body)["id"]!.GetValue<long>();

    /// <summary>The comments on a commit, oldest first.</summary>
    public JsonObject[] On(string repository, string reference)
    {
        lock (state.Turn)
        {
            var found = state.Find(repository);
            return [.. found.Comments.Where(comment => comment["commit_id"]!.GetValue<string>() == found.CommitOf(reference)).Select(comment => comment.DeepClone().AsObject())];
        }
    }

    private JsonObject Add(string fullName, string reference, string login, string type, string body)
    {
        lock (state.Turn)
        {
            var repository = state.Find(fullName);
            var id = state.NextId();
            var commit = repository.CommitOf(reference);
            var comment = new JsonObject
            {
                ["url"] = $"{repository.Url}/comments/{id}",
                ["html_url"] = $"{state.Api}{fullName}/commit/{commit}#commitcomment-{id}",
                ["id"] = id,
                ["node_id"] = $"CC_{id}",
                ["user"] = repository.Account(login, type),
                ["position"] = null,
                ["line"] = null,
                ["path"] = null,
                ["commit_id"] = commit,
                ["created_at"] = state.Timestamp,
                ["updated_at"] = state.Timestamp,
                ["author_association"] = "COLLABORATOR",
                ["body"] = body,
            };
            repository.Comments.Add(comment);
            webhooks.Tell(repository, "commit_comment", "created", "comment", comment, repository.Account(login, type));
            return comment.DeepClone().AsObject();
        }
    }
}
