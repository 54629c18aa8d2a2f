using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Weights;

/// <summary>
/// The hosts of a hub. <c>/OWNER/NAME/resolve/REVISION/PATH</c> answers with the file or, for a large one, sends on to the host that
/// delivers it, with the headers that Hugging Face has (huggingface_hub, <c>file_download.py</c>, <c>get_hf_file_metadata</c>);
/// <c>/api/models/OWNER/NAME/revision/REVISION</c> lists the files (<c>hf_api.py</c>, <c>RepoSibling</c>).
/// </summary>
internal sealed class HubServer(SandboxHub hub, HubDelivery delivery)
{
    public Task HandleAsync(HttpContext context)
    {
        hub.CountRequest();
        var parts = (context.Request.Path.Value ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed");
        }

        return parts switch
        {
            ["api", "models", var owner, var name, "revision", var revision] => ListAsync(context, $"{owner}/{name}", revision),
            [var owner, var name, "resolve", var revision, _, ..] => ResolveAsync(context, $"{owner}/{name}", revision, string.Join('/', parts[4..])),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound, "Repository not found"),
        };
    }

    private Task ListAsync(HttpContext context, string repository, string revision)
    {
        if (hub.Find(repository, revision) is not { } files)
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, "Repository not found");
        }

        var withBlobs = context.Request.Query["blobs"] == "true";
        return context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["id"] = repository,
            ["sha"] = revision,
            ["siblings"] = new JsonArray([.. files.Select(file => Sibling(file, withBlobs))]),
        });
    }

    private static JsonObject Sibling(HubFile file, bool withBlobs)
    {
        var sibling = new JsonObject { ["rfilename"] = file.Path };
        if (withBlobs)
        {
            sibling["size"] = file.Content.Size;
            if (file.IsLarge)
            {
                sibling["lfs"] = new JsonObject { ["sha256"] = file.Content.Sha256, ["size"] = file.Content.Size, ["pointerSize"] = 134 };
            }
        }

        return sibling;
    }

    private Task ResolveAsync(HttpContext context, string repository, string revision, string path)
    {
        if (hub.Find(repository, revision)?.FirstOrDefault(file => file.Path == path) is not { } file)
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, "Entry not found");
        }

        var fault = hub.Faults.Of(path);
        var isDelivered = context.Request.Host.Host.Equals(hub.DeliveryHost, StringComparison.OrdinalIgnoreCase);
        if (!isDelivered && hub.Faults.TakeBusy(path))
        {
            if (fault.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests");
        }

        if (!isDelivered)
        {
            context.Response.Headers["X-Repo-Commit"] = revision;
            context.Response.Headers["X-Linked-Size"] = fault.IsSizeLinked ? (file.Content.Size + fault.ExtraBytes).ToString(CultureInfo.InvariantCulture) : default;
            context.Response.Headers["X-Linked-Etag"] = ETagOf(file);
        }

        if (!isDelivered && (fault.RedirectTo is not null || file.IsLarge))
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = (fault.RedirectTo ?? new(hub.DeliveryAddress, context.Request.Path)).AbsoluteUri;
            return Task.CompletedTask;
        }

        context.Response.Headers.ETag = ETagOf(file);
        return delivery.SendAsync(context, file, fault);
    }

    // A file in LFS has the digest of its content, any other that of git's object.
    private static string ETagOf(HubFile file) => file.IsLarge ? $"\"{file.Content.Sha256}\"" : $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Content.Sha256)))[..40]}\"";

    private static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error });
    }
}
