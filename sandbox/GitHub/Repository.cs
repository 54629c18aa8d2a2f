using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.Sandbox.GitHub;

/// <summary>A repository with everything in it, as GitHub's own JSON.</summary>
internal sealed class Repository(long id, string fullName, Uri api)
{
    public long Id => id;

    public string FullName => fullName;

    public List<JsonObject> Releases { get; } = [];

    /// <summary>The content of assets, by id.</summary>
    public Dictionary<long, byte[]> Assets { get; } = [];

    /// <summary>Deployments, oldest first.</summary>
    public List<JsonObject> Deployments { get; } = [];

    /// <summary>Statuses by deployment, oldest first.</summary>
    public Dictionary<long, List<JsonObject>> Statuses { get; } = [];

    /// <summary>Comments on commits, oldest first.</summary>
    public List<JsonObject> Comments { get; } = [];

    public List<Hook> Hooks { get; } = [];

    public string Url => $"{api}repos/{fullName}";

    /// <summary>The commit that a tag or branch names: always the same for the same name.</summary>
    public string CommitOf(string reference) =>
        reference.Length == 40 && reference.All(char.IsAsciiHexDigitLower)
            ? reference
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{fullName}\n{reference}")))[..40];

    public JsonObject View() => new()
    {
        ["id"] = id,
        ["node_id"] = $"R_{id}",
        ["name"] = fullName[(fullName.IndexOf('/', StringComparison.Ordinal) + 1)..],
        ["full_name"] = fullName,
        ["private"] = true,
        ["owner"] = Account(fullName[..fullName.IndexOf('/', StringComparison.Ordinal)], "Organization"),
        ["html_url"] = $"{api}{fullName}",
        ["description"] = null,
        ["fork"] = false,
        ["url"] = Url,
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["updated_at"] = "2026-01-01T00:00:00Z",
        ["pushed_at"] = "2026-01-01T00:00:00Z",
        ["default_branch"] = "main",
        ["visibility"] = "private",
    };

    public JsonObject Account(string login, string type) => new()
    {
        ["login"] = login,
        ["id"] = type == "User" ? 2 : 1,
        ["node_id"] = $"U_{login}",
        ["avatar_url"] = $"{api}avatars/{login}",
        ["gravatar_id"] = string.Empty,
        ["url"] = $"{api}users/{login}",
        ["html_url"] = $"{api}{login}",
        ["followers_url"] = $"{api}users/{login}/followers",
        ["following_url"] = $"{api}users/{login}/following{{/other_user}}",
        ["gists_url"] = $"{api}users/{login}/gists{{/gist_id}}",
        ["starred_url"] = $"{api}users/{login}/starred{{/owner}}{{/repo}}",
        ["subscriptions_url"] = $"{api}users/{login}/subscriptions",
        ["organizations_url"] = $"{api}users/{login}/orgs",
        ["repos_url"] = $"{api}users/{login}/repos",
        ["events_url"] = $"{api}users/{login}/events{{/privacy}}",
        ["received_events_url"] = $"{api}users/{login}/received_events",
        ["type"] = type,
        ["site_admin"] = false,
    };
}
