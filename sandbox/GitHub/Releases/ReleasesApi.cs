using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.Sandbox.GitHub.Releases;

/// <summary>Releases and their assets.</summary>
internal sealed class ReleasesApi(GitHubState state, WebhookSender webhooks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/repos/{owner}/{name}/releases", async (string owner, string name, HttpContext context) =>
            GitHubAnswers.Created(Create(owner, name, await GitHubAnswers.BodyAsync(context))));
        routes.MapGet("/repos/{owner}/{name}/releases", (string owner, string name, HttpContext context) =>
            GitHubAnswers.Page(context, Read(owner, name, repository => repository.Releases.AsEnumerable().Reverse().ToArray())));
        routes.MapGet("/repos/{owner}/{name}/releases/latest", (string owner, string name) =>
            GitHubAnswers.Ok(Read(owner, name, repository => repository.Releases.LastOrDefault(release => Is(release, "draft", false) && Is(release, "prerelease", false)))));
        routes.MapGet("/repos/{owner}/{name}/releases/tags/{**tag}", (string owner, string name, string tag) =>
            GitHubAnswers.Ok(Read(owner, name, repository => repository.Releases.LastOrDefault(release => release["tag_name"]!.GetValue<string>() == Uri.UnescapeDataString(tag) && Is(release, "draft", false)))));
        routes.MapGet("/repos/{owner}/{name}/releases/{id:long}", (string owner, string name, long id) => GitHubAnswers.Ok(Read(owner, name, repository => Find(repository, id))));
        routes.MapPatch("/repos/{owner}/{name}/releases/{id:long}", (string owner, string name, long id, HttpContext context) => EditAsync(owner, name, id, context));
        routes.MapDelete("/repos/{owner}/{name}/releases/{id:long}", (string owner, string name, long id) => Delete(owner, name, id));
        routes.MapGet("/repos/{owner}/{name}/releases/{id:long}/assets", (string owner, string name, long id, HttpContext context) =>
            GitHubAnswers.Page(context, Read(owner, name, repository => Find(repository, id)["assets"]!.AsArray().Select(asset => asset!.AsObject()).ToArray())));
        routes.MapPost("/upload/repos/{owner}/{name}/releases/{id:long}/assets", (string owner, string name, long id, HttpContext context) => UploadAsync(owner, name, id, context));
        routes.MapDelete("/repos/{owner}/{name}/releases/assets/{id:long}", (string owner, string name, long id) => DeleteAsset(owner, name, id));
        routes.MapGet("/repos/{owner}/{name}/releases/assets/{id:long}", (string owner, string name, long id, HttpRequest request) => Asset(owner, name, id, request));
    }

    /// <summary>Hands out the content of an asset, as the storage does that GitHub redirects to: to whoever knows the address.</summary>
    public void MapStorage(IEndpointRouteBuilder routes) =>
        routes.MapGet("/storage/{owner}/{name}/{id:long}", (string owner, string name, long id) =>
            Results.Bytes(Read(owner, name, repository => repository.Assets.GetValueOrDefault(id)) ?? [], "application/octet-stream"));

    /// <summary>Publishes a release with its manifest, as somebody with a browser would.</summary>
    public long Publish(string repository, string tag, byte[] manifest, bool prerelease)
    {
        var (owner, name) = (repository[..repository.IndexOf('/', StringComparison.Ordinal)], repository[(repository.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var release = Create(owner, name, new() { ["tag_name"] = tag, ["name"] = tag, ["draft"] = true, ["prerelease"] = prerelease });
        var id = release["id"]!.GetValue<long>();
        Attach(owner, name, id, "release.json", "application/json", manifest);
        Edit(owner, name, id, new() { ["draft"] = false });
        return id;
    }

    private JsonObject Create(string owner, string name, JsonObject wanted)
    {
        lock (state.Turn)
        {
            var repository = state.Find($"{owner}/{name}");
            var tag = wanted["tag_name"]?.GetValue<string>();
            if (string.IsNullOrEmpty(tag))
            {
                throw GitHubException.Invalid("Release", "tag_name", "missing_field");
            }

            if (repository.Releases.Any(existing => existing["tag_name"]!.GetValue<string>() == tag && Is(existing, "draft", false)))
            {
                throw GitHubException.Invalid("Release", "tag_name", "already_exists");
            }

            var id = state.NextId();
            var draft = wanted["draft"]?.GetValue<bool>() ?? false;
            var release = new JsonObject
            {
                ["url"] = $"{repository.Url}/releases/{id}",
                ["assets_url"] = $"{repository.Url}/releases/{id}/assets",
                ["upload_url"] = $"{state.Api}upload/repos/{repository.FullName}/releases/{id}/assets{{?name,label}}",
                ["html_url"] = $"{state.Api}{repository.FullName}/releases/tag/{tag}",
                ["id"] = id,
                ["node_id"] = $"RE_{id}",
                ["tag_name"] = tag,
                ["target_commitish"] = wanted["target_commitish"]?.GetValue<string>() ?? "main",
                ["name"] = wanted["name"]?.GetValue<string>() ?? tag,
                ["draft"] = draft,
                ["immutable"] = false,
                ["author"] = repository.Account("release-manager", "User"),
                ["prerelease"] = wanted["prerelease"]?.GetValue<bool>() ?? false,
                ["created_at"] = state.Timestamp,
                ["updated_at"] = state.Timestamp,
                ["published_at"] = draft ? null : state.Timestamp,
                ["assets"] = new JsonArray(),
                ["tarball_url"] = $"{repository.Url}/tarball/{tag}",
                ["zipball_url"] = $"{repository.Url}/zipball/{tag}",
                ["body"] = wanted["body"]?.GetValue<string>(),
            };
            repository.Releases.Add(release);
            webhooks.Release(repository, "created", release);
            if (!draft)
            {
                Announce(repository, release);
            }

            return release.DeepClone().AsObject();
        }
    }

    private async Task<IResult> EditAsync(string owner, string name, long id, HttpContext context)
    {
        var wanted = await GitHubAnswers.BodyAsync(context);
        var before = Read(owner, name, repository => Find(repository, id).DeepClone().AsObject());
        var change = new Change("github", "PATCH releases", before["tag_name"]!.GetValue<string>(), wanted);
        if (!state.Changes.MayHappen(change))
        {
            context.Abort();
            return Results.Empty;
        }

        var edited = Edit(owner, name, id, wanted);
        state.Changes.Tell(change, hasEffect: !wanted.All(field => JsonNode.DeepEquals(field.Value, before[field.Key])));
        return GitHubAnswers.Ok(edited);
    }

    private JsonObject Edit(string owner, string name, long id, JsonObject wanted)
    {
        lock (state.Turn)
        {
            var repository = state.Find($"{owner}/{name}");
            var release = Find(repository, id);
            var (wasDraft, wasPrerelease) = (Is(release, "draft", true), Is(release, "prerelease", true));
            foreach (var field in new[] { "tag_name", "target_commitish", "name", "body", "draft", "prerelease" })
            {
                if (wanted[field] is { } value)
                {
                    release[field] = value.DeepClone();
                }
            }

            release["updated_at"] = state.Timestamp;
            if (wasDraft && Is(release, "draft", false))
            {
                release["published_at"] = state.Timestamp;
                Announce(repository, release);
            }
            else if (!wasDraft && Is(release, "draft", true))
            {
                webhooks.Release(repository, "unpublished", release);
            }
            else if (!wasDraft)
            {
                if (wasPrerelease && Is(release, "prerelease", false))
                {
                    webhooks.Release(repository, "released", release);
                }

                webhooks.Release(repository, "edited", release);
            }

            return release.DeepClone().AsObject();
        }
    }

    // One click gives several deliveries (webhook documentation, release event).
    private void Announce(Repository repository, JsonObject release)
    {
        webhooks.Release(repository, "published", release);
        webhooks.Release(repository, Is(release, "prerelease", true) ? "prereleased" : "released", release);
    }

    private IResult Delete(string owner, string name, long id)
    {
        lock (state.Turn)
        {
            var repository = state.Find($"{owner}/{name}");
            var release = Find(repository, id);
            repository.Releases.Remove(release);
            webhooks.Release(repository, "deleted", release);
            return Results.NoContent();
        }
    }

    private IResult DeleteAsset(string owner, string name, long id)
    {
        lock (state.Turn)
        {
            var repository = state.Find($"{owner}/{name}");
            foreach (var assets in repository.Releases.Select(release => release["assets"]!.AsArray()))
            {
                if (assets.FirstOrDefault(asset => asset!["id"]!.GetValue<long>() == id) is { } asset)
                {
                    assets.Remove(asset);
                    repository.Assets.Remove(id);
                    return Results.NoContent();
                }
            }

            throw GitHubException.NotFound();
        }
    }

    private async Task<IResult> UploadAsync(string owner, string name, long id, HttpContext context)
    {
        var file = context.Request.Query["name"].ToString();
        if (file.Length == 0)
        {
            throw GitHubException.Invalid("ReleaseAsset", "name", "missing_field");
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        return GitHubAnswers.Created(Attach(owner, name, id, file, context.Request.ContentType ?? "application/octet-stream", content.ToArray()));
    }

    private JsonObject Attach(string owner, string name, long release, string file, string contentType, byte[] content)
    {
        lock (state.Turn)
        {
            var repository = state.Find($"{owner}/{name}");
            var assets = Find(repository, release)["assets"]!.AsArray();
            if (assets.Any(existing => existing!["name"]!.GetValue<string>() == file))
            {
                throw GitHubException.Invalid("ReleaseAsset", "name", "already_exists");
            }

            var id = state.NextId();
            repository.Assets[id] = content;
            var asset = new JsonObject
            {
                ["url"] = $"{repository.Url}/releases/assets/{id}",
                ["id"] = id,
                ["node_id"] = $"RA_{id}",
                ["name"] = file,
                ["label"] = string.Empty,
                ["uploader"] = repository.Account("release-manager", "User"),
                ["content_type"] = contentType,
                ["state"] = "uploaded",
                ["size"] = content.Length,
                ["digest"] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}",
                ["download_count"] = 0,
                ["created_at"] = state.Timestamp,
                ["updated_at"] = state.Timestamp,
                ["browser_download_url"] = $"{state.Api}{repository.FullName}/releases/download/{file}",
            };
            assets.Add(asset);
            return asset.DeepClone().AsObject();
        }
    }

    private IResult Asset(string owner, string name, long id, HttpRequest request)
    {
        var asset = Read(owner, name, repository => repository.Releases.SelectMany(release => release["assets"]!.AsArray()).FirstOrDefault(one => one!["id"]!.GetValue<long>() == id)?.AsObject());
        return asset is not null && request.Headers.Accept.ToString().Contains("application/octet-stream", StringComparison.Ordinal)
            ? Results.Redirect($"{state.Api}storage/{owner}/{name}/{id}")
            : GitHubAnswers.Ok(asset);
    }

    private T Read<T>(string owner, string name, Func<Repository, T> read)
    {
        lock (state.Turn)
        {
            return read(state.Find($"{owner}/{name}"));
        }
    }

    private static JsonObject Find(Repository repository, long id) =>
        repository.Releases.FirstOrDefault(release => release["id"]!.GetValue<long>() == id) ?? throw GitHubException.NotFound();

    private static bool Is(JsonObject release, string field, bool value) => release[field]!.GetValue<bool>() == value;
}
