using System.Text.Json;
using Octokit.Webhooks;
using Octokit.Webhooks.Events;
using Octokit.Webhooks.Events.CommitComment;
using Octokit.Webhooks.Events.Release;
using Octokit.Webhooks.Models;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Says what a delivery amounts to that is GitHub's beyond doubt: signed, or had from GitHub's own API. Keeps nothing.</summary>
/// <param name="settings">The repository whose releases are rolled out, and what follows from a changed release.</param>
public sealed class DeliveryJudge(OrchestratorSettings settings)
{
    private const string NoPrereleases = "a prerelease is not rolled out: no environment takes prereleases";

    private const string NotPublished =
        "of the release actions only 'published' and 'released' start a rollout: GitHub sends several around one publication";

    /// <summary>What the delivery amounts to.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">The event.</param>
    /// <param name="body">The payload.</param>
    public WebhookDelivery Judge(string id, string name, ReadOnlyMemory<byte> body)
    {
        var facts = new DeliveryFacts(id, name, null, null, Sha256Digest.Of(body.Span));
        Func<string, WebhookDelivery>? judge = name switch
        {
            WebhookEventType.Release => action => Release(action, body, id),
            WebhookEventType.CommitComment => action => Comment(action, body),
            _ => null,
        };
        try
        {
            var (action, tag) = Head(body);
            facts = facts with { Action = action, Tag = tag };
            return (judge?.Invoke(action ?? throw new JsonException("it has no action.")) ?? NotOurs(name)) with { Facts = facts };
        }
        catch (JsonException malformed)
        {
            return (judge is null ? NotOurs(name) : new(WebhookOutcome.Malformed, $"expected a {name} event as GitHub documents it: {malformed.Message}")) with { Facts = facts };
        }
    }

    private static WebhookDelivery NotOurs(string name) => new(WebhookOutcome.Ignored, $"event '{name}' starts no rollout");

    private WebhookDelivery Release(string action, ReadOnlyMemory<byte> body, string delivery) => action switch
    {
        ReleaseActionValue.Published => Publication(JsonSerializer.Deserialize<ReleasePublishedEvent>(body.Span)!, delivery),

        // Of a prerelease that becomes a release; and with each publication of a release, which is the same attempt.
        ReleaseActionValue.Released => Publication(JsonSerializer.Deserialize<ReleaseReleasedEvent>(body.Span)!, delivery),
        ReleaseActionValue.Edited => settings.Releases.OnEdited == EditedAction.Ignore
            ? new(WebhookOutcome.Ignored, $"{SettingNames.OnEdited} is ignore: an edited release changes nothing")
            : Changed(body, ReleaseChangeKind.Edited),
        ReleaseActionValue.Deleted or ReleaseActionValue.Unpublished => settings.Releases.OnDeleted == DeletedAction.Ignore
            ? new(WebhookOutcome.Ignored, $"{SettingNames.OnDeleted} is ignore: a release that is taken back changes nothing")
            : Changed(body, ReleaseChangeKind.TakenBack),
        _ => new(WebhookOutcome.Ignored, NotPublished),
    };

    private WebhookDelivery Publication(ReleaseEvent published, string delivery)
    {
        if (published is not { Release.TagName: { } tagName, Repository.FullName: { } fullName })
        {
            return new(WebhookOutcome.Malformed, "expected release.tag_name and repository.full_name, found none");
        }

        if (RepositoryName.From(fullName) is not { } repository || repository != settings.Topology.Repository)
        {
            return OfAnother(fullName);
        }

        var isPrerelease = published.Release.Prerelease;
        if (isPrerelease && !settings.Topology.TakesPrereleases)
        {
            return new(WebhookOutcome.Ignored, NoPrereleases);
        }

        var (what, attempt) = isPrerelease ? ("a prerelease was published", ReleaseKey.OfPrerelease) : ("a release was published", ReleaseKey.OfRelease);
        return ReleaseTag.From(tagName) is { } tag
            ? new(WebhookOutcome.Accepted, what, new(new ReleaseKey(repository, tag, attempt), delivery, PublishedBy: published.Sender?.Login))
            : BadTag(tagName);
    }

    private WebhookDelivery Changed(ReadOnlyMemory<byte> body, ReleaseChangeKind kind)
    {
        if (ChangedRelease.Read(body) is not { Release: { TagName: { } tagName } release, Repository.FullName: { } fullName })
        {
            return new(WebhookOutcome.Malformed, "expected release.tag_name and repository.full_name, found none");
        }

        if (RepositoryName.From(fullName) is not { } repository || repository != settings.Topology.Repository)
        {
            return OfAnother(fullName);
        }

        if (kind == ReleaseChangeKind.Edited && (release.Draft || (release.Prerelease && !settings.Topology.TakesPrereleases)))
        {
            return new(WebhookOutcome.Ignored, release.Draft ? "a draft is not rolled out" : NoPrereleases);
        }

        return ReleaseTag.From(tagName) is { } tag
            ? new(WebhookOutcome.Changed, "a release was changed") { Change = new(repository, tag, kind, release.Manifest()) }
            : BadTag(tagName);
    }

    // Only what is new counts: whoever may write in the repository may change what somebody else has said.
    private WebhookDelivery Comment(string action, ReadOnlyMemory<byte> body)
    {
        if (action != CommitCommentActionValue.Created || JsonSerializer.Deserialize<CommitCommentCreatedEvent>(body.Span) is not { Comment: { User: { } author } comment } said)
        {
            return new(WebhookOutcome.Ignored, "of comments on commits only new ones that have an author are looked at");
        }

        if (RepositoryName.From(said.Repository?.FullName ?? string.Empty) is not { } repository || repository != settings.Topology.Repository)
        {
            return OfAnother(said.Repository?.FullName ?? "none");
        }

        return author.Type != UserType.Bot && CommentCommand.IsMeant(comment.Body) && CommitSha.From(comment.CommitId) is { } commit
            ? new(WebhookOutcome.Said, "somebody says something of a plan") { Comment = new(comment.Id, repository, commit, author.Login, comment.CreatedAt, CommentCommand.LineOf(comment.Body)) }
            : new(WebhookOutcome.Ignored, "a comment that is not meant for us");
    }

    private static WebhookDelivery OfAnother(string repository) => new(WebhookOutcome.Ignored, $"releases of '{repository}' are not rolled out by this instance");

    private static WebhookDelivery BadTag(string tag) => new(WebhookOutcome.Malformed, $"expected a tag of {ReleaseTag.Rule}, found '{tag}'");

    private static (string? Action, ReleaseTag? Tag) Head(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var tag = Part(document.RootElement, "release") is { } release ? Text(release, "tag_name") : null;
        return (Text(document.RootElement, "action"), tag is null ? null : ReleaseTag.From(tag));
    }

    private static JsonElement? Part(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var part) ? part : null;

    private static string? Text(JsonElement whole, string name) =>
        Part(whole, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
