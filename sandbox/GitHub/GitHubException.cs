using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.GitHub;

/// <summary>An answer of GitHub that is an error.</summary>
internal sealed class GitHubException(int status, string message, JsonArray? errors = null) : Exception(message)
{
    public int Status => status;

    public JsonArray? Errors => errors;

    public static GitHubException NotFound() => new(404, "Not Found");

    public static GitHubException Invalid(string resource, string field, string code) =>
        new(422, "Validation Failed", new JsonArray(new JsonObject { ["resource"] = resource, ["field"] = field, ["code"] = code }));
}
